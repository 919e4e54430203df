// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {RegistryDomain} from "../libraries/RegistryDomain.sol";
import {IFulfilment} from "./interfaces/IFulfilment.sol";
import {IOrderBatches} from "./interfaces/IOrderBatches.sol";
import {IOrderLifeCycle} from "./interfaces/IOrderLifeCycle.sol";

/// @title OrderStorage
/// @notice Variables of the order registry.
/// @dev Positions are part of the proof format: append only; test/snapshots/storage is checked.
abstract contract OrderStorage is RegistryDomain {
    mapping(bytes32 order => IOrderLifeCycle.Order) internal _orders;
    /// @dev Of the current version; none while that is version 1, which the id commits to.
    mapping(bytes32 order => bytes32 commitment) internal _commitments;
    mapping(bytes32 order => bytes32 commitment) internal _pendingCommitments;
    /// @dev Of the fulfilment log; none before its first entry.
    mapping(bytes32 order => bytes32 head) internal _heads;
    mapping(bytes32 order => mapping(uint32 member => IFulfilment.Participant)) internal _participants;
    mapping(uint32 buyer => mapping(bytes32 root => IOrderBatches.OrderBatch)) internal _batches;
    /// @dev Of an order that calls off one.
    mapping(bytes32 order => bytes32 framework) internal _frameworks;
}
