// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IFulfilment} from "./IFulfilment.sol";
import {IOrderBatches} from "./IOrderBatches.sol";
import {IOrderChanges} from "./IOrderChanges.sol";
import {IOrderFrameworks} from "./IOrderFrameworks.sol";
import {IOrderLifeCycle} from "./IOrderLifeCycle.sol";
import {IOrderLineage} from "./IOrderLineage.sol";

/// @title IOrderRegistry
/// @notice Purchase orders: who posted what to whom, in which state and version, and what became of it.
/// @dev Nothing of an order's content is on chain but salted commitments. An unknown id has status `NONE`, which every
/// act refuses with `OrderUnknown`.
interface IOrderRegistry is
    IOrderLifeCycle,
    IOrderBatches,
    IOrderFrameworks,
    IOrderChanges,
    IFulfilment,
    IOrderLineage
{
    /// @notice Order of that id, all zero for an unknown one.
    function order(bytes32 id) external view returns (Order memory);

    /// @notice Commitment of the current version; zero while that is version 1, which the id itself commits to.
    function commitmentOf(bytes32 id) external view returns (bytes32);

    /// @notice Commitment of the version that awaits an answer, zero for none.
    function pendingCommitmentOf(bytes32 id) external view returns (bytes32);
}
