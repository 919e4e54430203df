// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IConsents, LenderConsent} from "../libraries/Consents.sol";
import {Claims} from "./Claims.sol";
import {IEncumbrances} from "./interfaces/IEncumbrances.sol";
import {IReceivableLineage} from "./interfaces/IReceivableLineage.sol";
import {ConsentActs} from "./libraries/ConsentActs.sol";

/// @title LineageConsents
/// @notice Consents of every lender whose claim rests on an order: on itself or on a receivable born from it.
abstract contract LineageConsents is IReceivableLineage, Claims {
    /// @inheritdoc IReceivableLineage
    function takeChangeConsents(
        bytes32 order,
        uint32 version,
        bytes32 commitment,
        LenderConsent[] calldata consents
    ) external {
        if (msg.sender != address(orders)) revert ReceivableLineageUnauthorized(msg.sender);
        bytes32 details = keccak256(abi.encode(order, version, commitment));
        _spendLineageLenders(order, ConsentActs.CHANGE, details, consents);
    }

    /// @dev Spends a consent of each live lender, in ascending order of their objects, and clears what lapsed among those
    /// named. The count that the order registry keeps says whether one is missing.
    function _spendLineageLenders(
        bytes32 order,
        bytes32 act,
        bytes32 details,
        LenderConsent[] calldata consents
    ) internal {
        EncumbranceState own = _live(order).state;
        bytes32 previous;
        uint32 below;
        for (uint256 i; i < consents.length; ++i) {
            bytes32 object = consents[i].object;
            if (object <= previous) revert IConsents.ConsentUnexpected(object);
            previous = object;
            if (_clearLapsed(object)) continue;
            Encumbrance memory found = _encumbrances[object];
            bool rests = found.state != EncumbranceState.NONE && (object == order || _bornFrom(object, order));
            if (!rests) revert IConsents.ConsentUnexpected(object);
            _spend(found.lender, consents[i].consent, object, act, details);
            if (object == order) own = EncumbranceState.NONE;
            else ++below;
        }
        if (own != EncumbranceState.NONE) revert OrderAlreadyEncumbered(order, own);
        uint32 encumbered = _order(order).encumberedDescendants;
        if (below != encumbered) revert IEncumbrances.OrderDescendantsEncumbered(order, encumbered, below);
    }

    function _bornFrom(bytes32 receivable_, bytes32 order) internal view returns (bool) {
        bytes32[] storage ids = _orders[receivable_];
        for (uint256 i; i < ids.length; ++i) if (ids[i] == order) return true;
        return false;
    }
}
