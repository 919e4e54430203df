// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LenderConsent, SignedConsent} from "../../../contracts/libraries/Consents.sol";
import {IEncumbrances} from "../../../contracts/receivables/interfaces/IEncumbrances.sol";
import {Founding} from "../support/Founding.sol";
import {VM} from "../support/Vm.sol";
import {Model} from "./Model.sol";

/// @title Signing
/// @notice Who speaks and who signs: mostly who should, now and then somebody else, too late, twice or on old facts.
abstract contract Signing is Model {
    /// @dev Somebody who sends an act: for `member`, if `live`.
    struct Speaker {
        address account;
        uint32 member;
        bool live;
    }

    bytes32 private constant CONSENT = keccak256(
        "Consent(bytes32 object,bytes32 act,bytes32 details,bytes32 nonce,uint64 deadline,uint64 coverVersion)"
    );
    bytes32 private constant ORDER_TAG = keccak256("OrderTag(bytes32 order,bytes32[] tags)");
    uint256 private constant ONE_TIME = 1_000_000;

    bytes32 internal _domain = _domainOf(address(receivables));
    uint256 private _oneTimeKeys;
    uint256 private _nonces;

    function _speaker(uint32 member) internal returns (Speaker memory) {
        if (_rarely()) return Speaker(_revokedOperatorOf(member), member, false);
        uint32 who = _rarely() ? uint32(1 + _roll(MEMBERS)) : member;
        return Speaker(Founding.operatorOf(who), who, true);
    }

    function _newKey() internal returns (uint256) {
        return ONE_TIME + ++_oneTimeKeys;
    }

    /// @return consent By `key`, unless it is spoilt.
    /// @return good Whether it is not.
    function _consent(
        uint256 key,
        bytes32 object,
        bytes32 what,
        bytes32 details,
        uint64 cover
    ) internal returns (SignedConsent memory consent, bool good) {
        uint256 spoilt = _rarely() ? 1 + _roll(5) : 0;
        consent.signer = VM.addr(key);
        consent.deadline = uint64(spoilt == 1 ? _now - 1 : _now + 1 days);
        consent.coverVersion = spoilt == 2 ? cover + 1 : cover;
        consent.nonce = bytes32(spoilt == 3 && _nonces > 0 ? _nonces : ++_nonces);
        if (spoilt == 3) {
            VM.prank(consent.signer);
            try receivables.cancelNonce(consent.nonce) {} catch {}
        }
        if (spoilt == 4) details = ~details;
        bytes32 hash = keccak256(
            abi.encode(CONSENT, object, what, details, consent.nonce, consent.deadline, consent.coverVersion)
        );
        consent.signature = _sign(spoilt == 5 ? key + 1 : key, hash);
        good = spoilt == 0;
    }

    /// @dev Consents to `what` of those lenders of `objects` that have a live claim, in that order.
    /// @return consents One left out now and then.
    /// @return good Whether they are all there and unspoilt.
    function _liveLenders(
        bytes32[] memory objects,
        uint64[] memory covers,
        bytes32 what,
        bytes32 details
    ) internal returns (LenderConsent[] memory consents, bool good) {
        uint256 count;
        for (uint256 i; i < objects.length; ++i) if (_live(objects[i])) ++count;
        bool forgetful = count > 0 && _sometimes();
        consents = new LenderConsent[](forgetful ? count - 1 : count);
        good = !forgetful;
        uint256 next;
        for (uint256 i; i < objects.length && next < consents.length; ++i) {
            if (!_live(objects[i])) continue;
            (consents[next], good) = _lenderConsent(objects[i], covers[i], what, details, good);
            ++next;
        }
    }

    function _lenderConsent(
        bytes32 object,
        uint64 cover,
        bytes32 what,
        bytes32 details,
        bool goodSoFar
    ) internal returns (LenderConsent memory given, bool good) {
        given.object = object;
        (given.consent, good) = _consent(_claims[object].lender, object, what, details, cover);
        good = good && goodSoFar;
    }

    /// @dev All tags of an order, honestly made from its number and signed by its buyer.
    function _orderTag(
        bytes32 order,
        uint32 buyer,
        uint256 number
    ) internal view returns (IEncumbrances.OrderTag memory given) {
        given.order = order;
        given.tags = _tagsOf(buyer, "order", number);
        given.buyerAccount = Founding.operatorOf(buyer);
        given.buyerSignature = _sign(2000 + buyer, _hashTag(given));
    }

    /// @dev One for each of the member's tag keys, as the hash of a unique signature would be.
    function _tagsOf(uint32 member, string memory what, uint256 number) internal view returns (bytes32[] memory tags) {
        tags = new bytes32[](members.tagKeys(member));
        for (uint256 i; i < tags.length; ++i) tags[i] = keccak256(abi.encode(member, i, what, number));
    }

    function _hashTag(IEncumbrances.OrderTag memory given) internal pure returns (bytes32) {
        return keccak256(abi.encode(ORDER_TAG, given.order, keccak256(abi.encodePacked(given.tags))));
    }

    function _detailsOf(IEncumbrances.Reservation memory given) internal pure returns (bytes32) {
        bytes32[] memory tags = new bytes32[](given.orderTags.length);
        for (uint256 i; i < tags.length; ++i) tags[i] = _hashTag(given.orderTags[i]);
        bytes32 tagsHash = keccak256(abi.encodePacked(tags));
        return keccak256(abi.encode(given.lender, given.kind, given.disburseBy, given.terms, tagsHash));
    }

    function _sign(uint256 key, bytes32 structHash) private view returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = VM.sign(key, keccak256(abi.encodePacked("\x19\x01", _domain, structHash)));
        return abi.encodePacked(r, s, v);
    }
}
