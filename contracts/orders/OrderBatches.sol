// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {IOrderBatches} from "./interfaces/IOrderBatches.sol";
import {OrderOffers} from "./OrderOffers.sol";

/// @title OrderBatches
/// @notice Orders posted and answered by the thousand.
abstract contract OrderBatches is OrderOffers {
    /// @dev In bytes: for 16,384 orders. Whoever materialises one of them sends it along.
    uint256 private constant LONGEST_BITMAP = 2_048;

    /// @inheritdoc IOrderBatches
    function postBatch(bytes32 root, uint32 supplier) external {
        uint32 buyer = _authorizePosting(supplier);
        OrderBatch storage record = _batches[buyer][root];
        if (record.supplier != 0) revert OrderBatchAlreadyPosted(buyer, root);
        // The compiler would read the slot once more, to keep what it does not know to be nothing.
        assembly ("memory-safe") {
            sstore(record.slot, supplier)
        }
        emit OrderBatchPosted(root, buyer, supplier);
    }

    /// @inheritdoc IOrderBatches
    function answerBatch(uint32 buyer, bytes32 root, bytes calldata bitmap) external {
        OrderBatch storage record = _knownBatch(buyer, root);
        uint32 supplier = _authorizeAcceptance(buyer);
        if (supplier != record.supplier) revert OrderBatchUnauthorized(buyer, root, supplier);
        if (record.answeredAt != 0) revert OrderBatchAlreadyAnswered(buyer, root, record.answeredAt);
        if (bitmap.length == 0 || bitmap.length > LONGEST_BITMAP)
            revert OrderBatchInvalidBitmap(buyer, root, bitmap.length);
        record.answeredAt = uint40(block.timestamp);
        record.answer = keccak256(bitmap);
        emit OrderBatchAnswered(root, buyer, supplier, bitmap);
    }

    /// @inheritdoc IOrderBatches
    function materialise(
        BatchedOrder calldata batched,
        bytes32 root,
        bytes32[] calldata proof,
        bytes calldata bitmap
    ) external returns (bytes32 id) {
        OrderBatch storage record = _knownBatch(batched.buyer, root);
        uint32 supplier = record.supplier;
        uint32 member = members.memberOfSigner(msg.sender);
        bool party = member == batched.buyer || member == supplier;
        if (!party) revert OrderBatchUnauthorized(batched.buyer, root, member);
        id = _idOf(domainSeparator(), batched.buyer, supplier, batched.commitment, batched.tag);
        bytes32 leaf = keccak256(abi.encode(id, batched.index, batched.expiry));
        if (!MerkleProof.verifyCalldata(proof, root, leaf)) revert OrderNotInBatch(id, root, batched.index);
        bool accepted = _acceptedInBatch(id, record, batched, root, bitmap);
        if (_orders[id].status == OrderStatus.NONE) {
            _store(id, batched.buyer, supplier, batched.expiry);
            emit OrderPosted(id, batched.buyer, supplier, batched.commitment, batched.tag, batched.expiry);
        } else {
            bool overdue = accepted && _couldBeAccepted(id, record.answeredAt);
            if (!overdue) revert OrderAlreadyPosted(id);
            // Posted again as a framework contract or a call-off, it is not what the supplier accepted.
            _orders[id].proposals = 0;
            delete _frameworks[id];
        }
        emit OrderMaterialised(id, batched.buyer, root, batched.index);
        if (!accepted) return id;
        _orders[id].status = OrderStatus.ACCEPTED;
        emit OrderAccepted(id);
    }

    /// @inheritdoc IOrderBatches
    function batch(uint32 buyer, bytes32 root) external view returns (OrderBatch memory) {
        return _batches[buyer][root];
    }

    /// @dev Refuses what the answer did not accept: were it made a rejected order here, a buyer could undo an acceptance in
    /// one batch by posting the same order in another.
    function _acceptedInBatch(
        bytes32 id,
        OrderBatch storage record,
        BatchedOrder calldata batched,
        bytes32 root,
        bytes calldata bitmap
    ) private view returns (bool) {
        uint40 answeredAt = record.answeredAt;
        bool same = answeredAt == 0 ? bitmap.length == 0 : keccak256(bitmap) == record.answer;
        if (!same) revert OrderBatchInvalidBitmap(batched.buyer, root, bitmap.length);
        if (answeredAt == 0) return false;
        uint256 place = batched.index >> 3;
        bool wanted = place < bitmap.length && uint8(bitmap[place]) & (1 << (batched.index & 7)) != 0;
        if (!wanted) revert OrderNotAcceptedInBatch(id, root, batched.index);
        return answeredAt <= batched.expiry;
    }

    /// @dev Whether the batch's acceptance at `answeredAt` holds against the order's own record. Nothing rests on an order in these
    /// states; the supplier's own rejection stands.
    function _couldBeAccepted(bytes32 id, uint40 answeredAt) private view returns (bool) {
        Order storage record = _orders[id];
        OrderStatus status = record.status;
        if (status == OrderStatus.WITHDRAWN) return answeredAt <= record.expiry;
        return status == OrderStatus.POSTED || status == OrderStatus.EXPIRED;
    }

    function _knownBatch(uint32 buyer, bytes32 root) private view returns (OrderBatch storage record) {
        record = _batches[buyer][root];
        if (record.supplier == 0) revert OrderBatchUnknown(buyer, root);
    }
}
