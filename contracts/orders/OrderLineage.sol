// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IOrderLineage} from "./interfaces/IOrderLineage.sol";
import {OrderParties} from "./OrderParties.sol";

/// @title OrderLineage
/// @notice What rests on an order: claims of lenders on it and on the receivables born from it.
abstract contract OrderLineage is OrderParties {
    /// @inheritdoc IOrderLineage
    function setEncumbered(bytes32 id, bool encumbered) external {
        _requireReceivables();
        Order storage record = _known(id);
        _requireNoFramework(id, record);
        record.encumbered = encumbered;
        emit OrderEncumbranceChanged(id, encumbered, record.encumberedDescendants);
    }

    /// @inheritdoc IOrderLineage
    function adjustEncumberedDescendants(bytes32[] calldata ids, bool more) external {
        _requireReceivables();
        for (uint256 i; i < ids.length; ++i) {
            Order storage record = _known(ids[i]);
            uint32 count = more ? ++record.encumberedDescendants : --record.encumberedDescendants;
            emit OrderEncumbranceChanged(ids[i], record.encumbered, count);
        }
    }

    /// @inheritdoc IOrderLineage
    function raiseCoverVersions(bytes32[] calldata ids) external {
        _requireReceivables();
        for (uint256 i; i < ids.length; ++i) emit OrderCoverVersionRaised(ids[i], ++_known(ids[i]).coverVersion);
    }

    /// @inheritdoc IOrderLineage
    function partiesInForce(bytes32[] calldata ids) external view returns (uint32 buyer, uint32 supplier) {
        bytes32 previous;
        for (uint256 i; i < ids.length; ++i) {
            bytes32 id = ids[i];
            if (id <= previous) revert OrdersUnsorted(id);
            Order storage record = _known(id);
            OrderStatus status = record.status;
            bool inForce = status == OrderStatus.ACCEPTED || status == OrderStatus.COMPLETED;
            if (!inForce) revert OrderNotInForce(id, uint8(status));
            _requireNoFramework(id, record);
            if (i == 0) (buyer, supplier) = (record.buyer, record.supplier);
            bool same = record.buyer == buyer && record.supplier == supplier;
            if (!same) revert OrderPartiesDiffer(id, record.buyer, record.supplier);
            previous = id;
        }
    }

    /// @inheritdoc IOrderLineage
    function coverVersionOf(bytes32[] calldata ids) external view returns (uint64 cover) {
        for (uint256 i; i < ids.length; ++i) cover += _known(ids[i]).coverVersion;
    }

    function _requireReceivables() private view {
        if (msg.sender != address(receivables)) revert OrderLineageUnauthorized(msg.sender);
    }
}
