// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LenderConsent} from "../../libraries/Consents.sol";

/// @title IReceivableLineage
/// @notice What the order registry, and nobody else, asks of the receivable registry.
interface IReceivableLineage {
    /// @notice `caller` is not the order registry.
    error ReceivableLineageUnauthorized(address caller);

    /// @notice Spends the consents of all lenders whose claims rest on an order, to a change of it; reverts when one lacks.
    /// @dev Consents: object the encumbered one, act `CHANGE`, details `keccak256(abi.encode(order, version, commitment))`.
    /// May call the order registry back to clear lapsed reservations.
    /// @param consents One for each encumbered object, the order itself or a receivable born from it, ascending by
    /// object; of lapsed ones named here no signature is asked and they are cleared.
    function takeChangeConsents(
        bytes32 order,
        uint32 version,
        bytes32 commitment,
        LenderConsent[] calldata consents
    ) external;
}
