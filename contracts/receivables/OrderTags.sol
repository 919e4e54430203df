// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Consents} from "../libraries/Consents.sol";
import {IEncumbrances} from "./interfaces/IEncumbrances.sol";
import {IReceivableLifeCycle} from "./interfaces/IReceivableLifeCycle.sol";
import {ReceivableBase} from "./ReceivableBase.sol";

/// @title OrderTags
/// @notice The first encumbrance in a lineage takes its orders' tags, so that one purchase order posted twice is financed
/// once (rule 2).
abstract contract OrderTags is IEncumbrances, ReceivableBase {
    bytes32 private constant TYPEHASH = keccak256("OrderTag(bytes32 order,bytes32[] tags)");

    /// @inheritdoc IEncumbrances
    function orderOfTag(uint32 buyer, bytes32 tag) external view returns (bytes32) {
        return _orderTags[buyer][tag];
    }

    /// @dev Takes the tags of each order of a lineage, or finds them taken by the same.
    function _takeTags(bytes32[] memory ids, uint32 buyer, OrderTag[] calldata given) internal {
        if (given.length != ids.length) revert OrderTagCountMismatch(given.length, ids.length);
        uint32 keys = members.tagKeys(buyer);
        for (uint256 i; i < ids.length; ++i) {
            if (given[i].order != ids[i]) revert OrderTagMismatch(given[i].order, ids[i]);
            bool each = keys != 0 && given[i].tags.length == keys;
            if (!each) revert IReceivableLifeCycle.TagCountMismatch(buyer, given[i].tags.length, keys);
            if (_register(buyer, given[i])) _requireBuyerSigned(buyer, given[i]);
        }
    }

    /// @dev Hash of all tags of a reservation, part of what its holder and lender sign.
    function _hashTags(OrderTag[] calldata given) internal pure returns (bytes32) {
        bytes32[] memory hashes = new bytes32[](given.length);
        for (uint256 i; i < given.length; ++i) hashes[i] = _hashTag(given[i]);
        return keccak256(abi.encodePacked(hashes));
    }

    /// @return fresh Whether one of them was not registered before.
    function _register(uint32 buyer, OrderTag calldata given) private returns (bool fresh) {
        for (uint256 i; i < given.tags.length; ++i) {
            bytes32 tag = given.tags[i];
            bytes32 taken = _orderTags[buyer][tag];
            if (taken == given.order) continue;
            if (taken != 0) revert OrderTagTaken(buyer, tag, taken);
            fresh = true;
            _orderTags[buyer][tag] = given.order;
            emit OrderTagRegistered(buyer, tag, given.order);
        }
    }

    function _requireBuyerSigned(uint32 buyer, OrderTag calldata given) private view {
        uint32 member = members.memberOfSigner(given.buyerAccount);
        if (member != buyer) revert EncumbranceUnauthorized(given.order, given.buyerAccount);
        Consents.requireSigned(given.buyerAccount, domainSeparator(), _hashTag(given), given.buyerSignature);
    }

    function _hashTag(OrderTag calldata given) private pure returns (bytes32) {
        return keccak256(abi.encode(TYPEHASH, given.order, keccak256(abi.encodePacked(given.tags))));
    }
}
