// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Hashes} from "../libraries/Hashes.sol";
import {Roles} from "../members/libraries/Roles.sol";
import {IOrderLifeCycle} from "./interfaces/IOrderLifeCycle.sol";
import {OrderParties} from "./OrderParties.sol";

/// @title OrderOffers
/// @notice An order is posted, and answered, withdrawn or left to lapse.
abstract contract OrderOffers is OrderParties {
    /// @inheritdoc IOrderLifeCycle
    function post(uint32 supplier, bytes32 commitment, bytes32 tag, uint40 expiry) external returns (bytes32) {
        uint32 buyer = _authorizePosting(supplier);
        return _post(domainSeparator(), buyer, supplier, commitment, tag, expiry);
    }

    /// @inheritdoc IOrderLifeCycle
    function postMany(OrderPosting[] calldata postings) external {
        bytes32 domain = domainSeparator();
        uint32 buyer;
        uint32 supplier;
        for (uint256 i; i < postings.length; ++i) {
            OrderPosting calldata posting = postings[i];
            if (i == 0 || posting.supplier != supplier) buyer = _authorizePosting(supplier = posting.supplier);
            _post(domain, buyer, supplier, posting.commitment, posting.tag, posting.expiry);
        }
    }

    /// @inheritdoc IOrderLifeCycle
    function accept(bytes32 id) external {
        Order storage record = _known(id);
        _accept(id, record, _authorizeAcceptance(record.buyer));
    }

    /// @inheritdoc IOrderLifeCycle
    function acceptMany(bytes32[] calldata ids) external {
        uint32 supplier;
        uint32 buyer;
        for (uint256 i; i < ids.length; ++i) {
            Order storage record = _known(ids[i]);
            if (record.buyer != buyer) supplier = _authorizeAcceptance(buyer = record.buyer);
            _accept(ids[i], record, supplier);
        }
    }

    /// @inheritdoc IOrderLifeCycle
    function reject(bytes32 id, bytes32 reason) external {
        Order storage record = _known(id);
        uint32 member = members.memberOfSigner(msg.sender);
        if (member != record.supplier) revert OrderUnauthorized(id, member);
        _endOffer(id, record, OrderStatus.REJECTED);
        emit OrderRejected(id, reason);
    }

    /// @inheritdoc IOrderLifeCycle
    function withdraw(bytes32 id) external {
        Order storage record = _known(id);
        uint32 member = members.memberOfSigner(msg.sender);
        if (member != record.buyer) revert OrderUnauthorized(id, member);
        _endOffer(id, record, OrderStatus.WITHDRAWN);
        // So that an acceptance in a batch can be told from one that came too late.
        record.expiry = uint40(block.timestamp) - 1;
        emit OrderWithdrawn(id);
    }

    /// @inheritdoc IOrderLifeCycle
    function expire(bytes32 id) external {
        Order storage record = _known(id);
        _requirePosted(id, record, OrderStatus.EXPIRED);
        if (block.timestamp <= record.expiry) revert OrderNotLapsed(id, record.expiry, block.timestamp);
        record.status = OrderStatus.EXPIRED;
        emit OrderExpired(id);
    }

    function _authorizePosting(uint32 supplier) internal view returns (uint32 buyer) {
        if (supplier == 0) revert OrderSupplierMissing();
        buyer = members.authorize(msg.sender, Roles.CORE_ENTERPRISE, supplier, Roles.SUPPLIER);
        if (buyer == supplier) revert OrderSelfPosted(buyer);
    }

    function _authorizeAcceptance(uint32 buyer) internal view returns (uint32 supplier) {
        return members.authorize(msg.sender, Roles.SUPPLIER, buyer, Roles.CORE_ENTERPRISE);
    }

    function _post(
        bytes32 domain,
        uint32 buyer,
        uint32 supplier,
        bytes32 commitment,
        bytes32 tag,
        uint40 expiry
    ) internal returns (bytes32 id) {
        if (commitment == 0) revert OrderCommitmentMissing();
        if (expiry < block.timestamp) revert OrderExpiryPast(expiry, block.timestamp);
        id = _idOf(domain, buyer, supplier, commitment, tag);
        if (_orders[id].status != OrderStatus.NONE) revert OrderAlreadyPosted(id);
        _store(id, buyer, supplier, expiry);
        emit OrderPosted(id, buyer, supplier, commitment, tag, expiry);
    }

    function _idOf(
        bytes32 domain,
        uint32 buyer,
        uint32 supplier,
        bytes32 commitment,
        bytes32 tag
    ) internal pure returns (bytes32) {
        return Hashes.hash5(domain, bytes32(uint256(buyer)), bytes32(uint256(supplier)), commitment, tag);
    }

    /// @dev Field by field the compiler writes the slot three times more. Offsets are those of `Order`.
    function _store(bytes32 id, uint32 buyer, uint32 supplier, uint40 expiry) internal {
        Order storage record = _orders[id];
        uint256 posted = uint256(OrderStatus.POSTED) << 64;
        posted |= uint256(buyer) | (uint256(supplier) << 32) | (1 << 88) | (uint256(expiry) << 152);
        assembly ("memory-safe") {
            sstore(record.slot, posted)
        }
    }

    function _accept(bytes32 id, Order storage record, uint32 member) private {
        if (member != record.supplier) revert OrderUnauthorized(id, member);
        _endOffer(id, record, OrderStatus.ACCEPTED);
        emit OrderAccepted(id);
    }

    function _endOffer(bytes32 id, Order storage record, OrderStatus to) private {
        _requirePosted(id, record, to);
        if (block.timestamp > record.expiry) revert OrderLapsed(id, record.expiry, block.timestamp);
        record.status = to;
    }

    function _requirePosted(bytes32 id, Order storage record, OrderStatus to) private view {
        if (record.status != OrderStatus.POSTED) revert OrderInvalidTransition(id, record.status, to);
    }
}
