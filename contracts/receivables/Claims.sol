// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {EncumbranceKinds} from "./libraries/EncumbranceKinds.sol";
import {LenderConsents} from "./LenderConsents.sol";

/// @title Claims
/// @notice Keeps the encumbrance of an object and what the order registry counts of it in step.
abstract contract Claims is LenderConsents {
    function _isReceivable(bytes32 object) internal view returns (bool) {
        return _receivables[object].status != ReceivableStatus.NONE;
    }

    /// @dev The encumbrance as of now, if it is the sender's. A lapsed one is nobody's.
    function _ownLive(bytes32 object) internal view returns (Encumbrance memory found) {
        found = _live(object);
        if (found.lender != msg.sender) revert EncumbranceUnauthorized(object, msg.sender);
    }

    /// @dev Reverts if the object bears a live encumbrance; clears a lapsed one.
    function _requireFree(bytes32 object) internal {
        EncumbranceState state = _live(object).state;
        if (state == EncumbranceState.NONE) _clearLapsed(object);
        else if (_isReceivable(object)) revert ReceivableAlreadyEncumbered(object, state);
        else revert OrderAlreadyEncumbered(object, state);
    }

    /// @return cleared Whether there was a lapsed reservation.
    function _clearLapsed(bytes32 object) internal returns (bool cleared) {
        cleared = _lapsed(_encumbrances[object]);
        if (!cleared) return false;
        _clear(object);
        emit EncumbranceLapsed(object);
    }

    /// @dev What a reservation of that kind becomes when the money is out.
    function _lentState(uint8 kind) internal pure returns (EncumbranceState) {
        return kind == EncumbranceKinds.PLEDGE ? EncumbranceState.PLEDGED : EncumbranceState.ASSIGNED;
    }

    function _set(bytes32 object, Encumbrance memory encumbrance) internal {
        _encumbrances[object] = encumbrance;
        _count(object, true);
    }

    function _clear(bytes32 object) internal {
        delete _encumbrances[object];
        _count(object, false);
    }

    /// @dev Once for each encumbrance set and once for each cleared, or the counts that decide rule 1 go wrong.
    function _count(bytes32 object, bool encumbered) private {
        if (!_isReceivable(object)) return orders.setEncumbered(object, encumbered);
        orders.adjustEncumberedDescendants(_orders[object], encumbered);
    }
}
