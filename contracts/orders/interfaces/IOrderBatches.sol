// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title IOrderBatches
/// @notice The path for volume: a buyer's postings to one supplier, anchored as one Merkle root, answered once with a bitmap.
/// An order of a batch has no slot until something beyond that happens to it; then it is materialised, exactly once.
/// @dev Leaf = `keccak256(abi.encode(order, index, expiry))` with the same order id as if it were posted alone, `uint32`
/// index from 0 and `uint40` expiry; inner nodes hash their sorted children, as OpenZeppelin's `MerkleProof` does. A leaf
/// is the hash of 96 bytes and a node that of 64, so neither passes for the other.
///
/// Only whoever has the leaves can tell that an index stands in the tree once: a supplier rebuilds the root from all of
/// them before it accepts any (docs/adr/0014).
interface IOrderBatches {
    /// @notice A batch, under its buyer and root; one storage slot until it is answered.
    /// @param supplier Member that all its orders are posted to, 0 for an unknown batch.
    /// @param answeredAt When the supplier answered, 0 until then.
    /// @param answer Hash of the bitmap of what it accepted.
    struct OrderBatch {
        uint32 supplier;
        uint40 answeredAt;
        bytes32 answer;
    }

    /// @notice An order as its batch has it.
    struct BatchedOrder {
        uint32 buyer;
        uint32 index;
        uint40 expiry;
        bytes32 commitment;
        bytes32 tag;
    }

    /// @dev Nothing is indexed: a topic costs more than a word, and the budget of a batch is tight.
    event OrderBatchPosted(bytes32 root, uint32 buyer, uint32 supplier);
    event OrderBatchAnswered(bytes32 indexed root, uint32 buyer, uint32 supplier, bytes bitmap);
    /// @notice Order is an object of its own as this batch has it: no framework contract, and calling off none, whatever it was posted
    /// as meanwhile.
    event OrderMaterialised(bytes32 indexed order, uint32 buyer, bytes32 root, uint32 index);

    /// @notice `buyer` has posted a batch with this root before.
    error OrderBatchAlreadyPosted(uint32 buyer, bytes32 root);
    /// @notice `buyer` has posted no batch with this root.
    error OrderBatchUnknown(uint32 buyer, bytes32 root);
    /// @notice `member` is not the party of the batch that this is for.
    error OrderBatchUnauthorized(uint32 buyer, bytes32 root, uint32 member);
    /// @notice The batch was answered at `answeredAt`, once and for all.
    error OrderBatchAlreadyAnswered(uint32 buyer, bytes32 root, uint40 answeredAt);
    /// @notice The bitmap is not the one that the batch was answered with, or has not 1 to 2,048 bytes.
    error OrderBatchInvalidBitmap(uint32 buyer, bytes32 root, uint256 length);
    /// @notice `order` is not at that place of the batch.
    error OrderNotInBatch(bytes32 order, bytes32 root, uint32 index);
    /// @notice The answer to its batch did not accept `order`, so nothing more can happen to it there.
    error OrderNotAcceptedInBatch(bytes32 order, bytes32 root, uint32 index);

    /// @notice Posts a batch of orders to one supplier. By an operator of a core enterprise.
    /// @param root Root over the leaves.
    /// @dev How many they are is for those to know who have the leaves: a count would be one's word, and cost each batch.
    function postBatch(bytes32 root, uint32 supplier) external;

    /// @notice Answers a batch, once. By an operator of its supplier. Orders that have lapsed, or that were withdrawn or
    /// rejected by themselves before, are not accepted by it whatever their bit says.
    /// @param bitmap Bit `i % 8`, from the lowest, of byte `i / 8` says whether the order at index i is accepted;
    /// an order beyond the last byte is not.
    function answerBatch(uint32 buyer, bytes32 root, bytes calldata bitmap) external;

    /// @notice Makes an order of a batch an object of its own: accepted if its batch was answered so in time, else posted.
    /// By an operator of its buyer or supplier, suspended or not: nothing begins by it.
    ///
    /// An order that the batch accepted is in force from that moment. If the buyer posted the same order again meanwhile,
    /// alone, in another batch, as a framework contract or a call-off, and let it lapse or withdrew it, this puts it right.
    /// @param proof From the order's leaf to the root.
    /// @param bitmap What the batch was answered with; empty until then.
    function materialise(
        BatchedOrder calldata order,
        bytes32 root,
        bytes32[] calldata proof,
        bytes calldata bitmap
    ) external returns (bytes32 id);

    /// @notice Batch of that buyer and root, all zero for an unknown one.
    function batch(uint32 buyer, bytes32 root) external view returns (OrderBatch memory);
}
