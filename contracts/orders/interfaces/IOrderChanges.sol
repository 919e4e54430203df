// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LenderConsent} from "../../libraries/Consents.sol";

/// @title IOrderChanges
/// @notice Version n+1 of an accepted order: proposed by one side, accepted by the other, and by each lender whose claim
/// rests on the order or on a receivable born from it (rule 3).
interface IOrderChanges {
    event OrderChangeProposed(bytes32 indexed order, uint32 version, bytes32 commitment, uint32 proposer);
    event OrderChangeDeclined(bytes32 indexed order, uint32 version, uint32 by);
    event OrderChanged(bytes32 indexed order, uint32 version, bytes32 commitment, uint32 coverVersion);

    /// @notice A change to `version` of `order` awaits an answer already.
    error OrderChangePending(bytes32 order, uint32 version);
    /// @notice What is accepted is not the change that awaits an answer: that is `commitment`, version `version`.
    error OrderChangeMismatch(bytes32 order, uint32 version, bytes32 commitment);
    /// @notice No change of `order` awaits an answer.
    error OrderChangeMissing(bytes32 order);

    /// @notice Proposes the next version. By an operator of buyer or supplier; one proposal at a time.
    /// @param commitment Root of the fields of the new version.
    function proposeChange(bytes32 order, bytes32 commitment) external;

    /// @notice Makes the proposed version the current one. By an operator of the side that did not propose it. Proposals to
    /// cancel or complete the version before are void.
    /// @param version The version proposed, and
    /// @param commitment its root: named again, so that a proposal swapped underneath is refused.
    /// @param consents Act `CHANGE` of each encumbering lender, as `IReceivableLineage.takeChangeConsents` says.
    function acceptChange(
        bytes32 order,
        uint32 version,
        bytes32 commitment,
        LenderConsent[] calldata consents
    ) external;

    /// @notice Declines a proposed change, or takes the own one back. By an operator of buyer or supplier.
    function declineChange(bytes32 order) external;
}
