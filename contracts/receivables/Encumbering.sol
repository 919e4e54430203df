// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IEncumbrances} from "./interfaces/IEncumbrances.sol";
import {Claims} from "./Claims.sol";

/// @title Encumbering
/// @notice What becomes of a reservation: disbursed, dropped or lapsed; noticed and released.
abstract contract Encumbering is IEncumbrances, Claims {
    /// @inheritdoc IEncumbrances
    function disburse(bytes32 object, bytes32 paymentReference) external {
        Encumbrance memory found = _ownLive(object);
        EncumbranceState to = _lentState(found.kind);
        _requireReserved(object, found.state, to);
        if (_isReceivable(object)) _confirmed(object);
        _encumbrances[object].state = to;
        emit EncumbranceDisbursed(object, to, paymentReference);
    }

    /// @inheritdoc IEncumbrances
    function drop(bytes32 object) external {
        _requireReserved(object, _ownLive(object).state, EncumbranceState.NONE);
        _clear(object);
        emit EncumbranceDropped(object);
    }

    /// @inheritdoc IEncumbrances
    function lapse(bytes32 object) external {
        if (_clearLapsed(object)) return;
        Encumbrance memory found = _encumbrances[object];
        _requireReserved(object, found.state, EncumbranceState.NONE);
        revert EncumbranceNotLapsed(object, found.disburseBy, block.timestamp);
    }

    /// @inheritdoc IEncumbrances
    function notify(bytes32 id, bytes32 notice) external {
        Encumbrance memory found = _ownLive(id);
        if (!_isReceivable(id)) revert EncumbranceOnOrder(id);
        _confirmed(id);
        _requireLent(id, found.state, EncumbranceState.NOTIFIED);
        if (found.noticeGiven) revert NoticeAlreadyGiven(id);
        _encumbrances[id].noticeGiven = true;
        emit NoticeGiven(id, notice);
    }

    /// @inheritdoc IEncumbrances
    function acknowledgeNotice(bytes32 id, address lender) external {
        Receivable storage record = _confirmed(id);
        _requireActsFor(id, record.obligor);
        Encumbrance memory found = _live(id);
        _requireLent(id, found.state, EncumbranceState.NOTIFIED);
        if (!found.noticeGiven) revert NoticeMissing(id);
        if (lender != found.lender) revert NoticeOfAnotherLender(id, lender, found.lender);
        _encumbrances[id].state = EncumbranceState.NOTIFIED;
        emit NoticeAcknowledged(id);
    }

    /// @inheritdoc IEncumbrances
    function release(bytes32 object, bytes32 reason) external {
        EncumbranceState state = _ownLive(object).state;
        if (!_disbursed(state)) revert EncumbranceInvalidTransition(object, state, EncumbranceState.NONE);
        _clear(object);
        emit EncumbranceReleased(object, reason);
    }

    /// @inheritdoc IEncumbrances
    function encumbranceOf(bytes32 object) external view returns (Encumbrance memory) {
        return _live(object);
    }

    /// @inheritdoc IEncumbrances
    function coverVersionOf(bytes32 object) external view returns (uint64) {
        return _coverVersionOf(object);
    }

    function _requireReserved(bytes32 object, EncumbranceState from, EncumbranceState to) private pure {
        if (from != EncumbranceState.RESERVED) revert EncumbranceInvalidTransition(object, from, to);
    }

    function _requireLent(bytes32 object, EncumbranceState from, EncumbranceState to) private pure {
        bool lent = from == EncumbranceState.PLEDGED || from == EncumbranceState.ASSIGNED;
        if (!lent) revert EncumbranceInvalidTransition(object, from, to);
    }
}
