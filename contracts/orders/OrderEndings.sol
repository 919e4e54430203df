// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IOrderLifeCycle} from "./interfaces/IOrderLifeCycle.sol";
import {OrderProposals} from "./libraries/OrderProposals.sol";
import {OrderParties} from "./OrderParties.sol";

/// @title OrderEndings
/// @notice How an accepted order ends: both sides cancel it, or both complete it.
abstract contract OrderEndings is OrderParties {
    /// @inheritdoc IOrderLifeCycle
    function cancel(bytes32 id) external {
        Order storage record = _known(id);
        (uint32 member, uint8 side) = _party(id, record);
        _requireAccepted(id, record, OrderStatus.CANCELLED);
        bool free = !record.encumbered && record.encumberedDescendants == 0;
        if (!free) revert OrderEncumbered(id, record.encumbered, record.encumberedDescendants);
        if (!_agree(id, record, member, side, OrderProposals.CANCEL)) {
            emit OrderCancellationProposed(id, member);
            return;
        }
        _clearProposals(id, record);
        record.status = OrderStatus.CANCELLED;
        emit OrderCancelled(id, ++record.coverVersion);
    }

    /// @inheritdoc IOrderLifeCycle
    function complete(bytes32 id) external {
        Order storage record = _known(id);
        (uint32 member, uint8 side) = _party(id, record);
        _requireAccepted(id, record, OrderStatus.COMPLETED);
        if (!_agree(id, record, member, side, OrderProposals.COMPLETE)) {
            emit OrderCompletionProposed(id, member);
            return;
        }
        _clearProposals(id, record);
        record.status = OrderStatus.COMPLETED;
        emit OrderCompleted(id);
    }

    /// @inheritdoc IOrderLifeCycle
    function retract(bytes32 id) external {
        Order storage record = _known(id);
        (uint32 member, uint8 side) = _party(id, record);
        uint8 mine = side & (OrderProposals.CANCEL | OrderProposals.COMPLETE);
        if (record.proposals & mine == 0) revert OrderNothingProposed(id, member);
        record.proposals &= ~mine;
        emit OrderProposalsRetracted(id, member);
    }

    function _requireAccepted(bytes32 id, Order storage record, OrderStatus to) private view {
        if (record.status != OrderStatus.ACCEPTED) revert OrderInvalidTransition(id, record.status, to);
    }
}
