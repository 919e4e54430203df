// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Consents, IConsents, LenderConsent, SignedConsent} from "../libraries/Consents.sol";
import {ReceivableBase} from "./ReceivableBase.sol";

/// @title LenderConsents
/// @notice Consents that acts need: checked, spent, and for each lender that an act reaches (rules 1 and 3).
abstract contract LenderConsents is ReceivableBase {
    /// @dev Spends a consent of `required` to an act on `object` as it is now.
    function _spend(
        address required,
        SignedConsent calldata consent,
        bytes32 object,
        bytes32 act,
        bytes32 details
    ) internal {
        if (consent.signer != required) revert IConsents.ConsentWrongSigner(consent.signer, required);
        Consents.spend(_nonces, consent, domainSeparator(), object, act, details, _coverVersionOf(object));
    }

    /// @dev Spends the consents of each lender whose claim reaches a receivable: of its own, if `own` is a claim, and of those of
    /// its encumbered orders.
    function _spendOwnAndOrderLenders(
        bytes32 id,
        Encumbrance memory own,
        bytes32 act,
        bytes32 details,
        LenderConsent[] calldata consents
    ) internal {
        uint256 next;
        if (own.state != EncumbranceState.NONE) {
            bool named = consents.length != 0 && consents[0].object == id;
            if (!named) revert ReceivableAlreadyEncumbered(id, own.state);
            _spend(own.lender, consents[next++].consent, id, act, details);
        }
        _spendOrderLenders(_orders[id], act, details, consents, next);
    }

    /// @dev Spends the consents of the lenders of those of `ids` that are encumbered, from the consent at `next` on.
    function _spendOrderLenders(
        bytes32[] memory ids,
        bytes32 act,
        bytes32 details,
        LenderConsent[] calldata consents,
        uint256 next
    ) internal {
        for (uint256 i; i < ids.length; ++i) {
            bytes32 id = ids[i];
            Encumbrance memory found = _live(id);
            if (found.state == EncumbranceState.NONE) continue;
            bool named = next < consents.length && consents[next].object == id;
            if (!named) revert OrderAlreadyEncumbered(id, found.state);
            _spend(found.lender, consents[next++].consent, id, act, details);
        }
        if (next < consents.length) revert IConsents.ConsentUnexpected(consents[next].object);
    }
}
