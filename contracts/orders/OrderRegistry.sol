// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {RegistryMembers} from "../libraries/RegistryMembers.sol";
import {IMemberRegistry} from "../members/interfaces/IMemberRegistry.sol";
import {IReceivableLineage} from "../receivables/interfaces/IReceivableLineage.sol";
import {Fulfilment} from "./Fulfilment.sol";
import {IOrderRegistry} from "./interfaces/IOrderRegistry.sol";
import {OrderBatches} from "./OrderBatches.sol";
import {OrderChanges} from "./OrderChanges.sol";
import {OrderEndings} from "./OrderEndings.sol";
import {OrderFrameworks} from "./OrderFrameworks.sol";
import {OrderLineage} from "./OrderLineage.sol";
import {OrderParties} from "./OrderParties.sol";

/// @title OrderRegistry
/// @notice Purchase orders, their versions and their fulfilment.
contract OrderRegistry
    is OrderBatches, OrderFrameworks, OrderEndings, OrderChanges, OrderLineage, Fulfilment
    layout at erc7201("tradeproof.storage.OrderRegistry")
{
    constructor(
        IMemberRegistry members_,
        IReceivableLineage receivables_
    ) RegistryMembers(members_) OrderParties(receivables_) {}

    /// @inheritdoc IOrderRegistry
    function order(bytes32 id) external view returns (Order memory) {
        return _orders[id];
    }

    /// @inheritdoc IOrderRegistry
    function commitmentOf(bytes32 id) external view returns (bytes32) {
        return _commitments[id];
    }

    /// @inheritdoc IOrderRegistry
    function pendingCommitmentOf(bytes32 id) external view returns (bytes32) {
        return _pendingCommitments[id];
    }
}
