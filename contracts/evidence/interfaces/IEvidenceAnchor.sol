// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title IEvidenceAnchor
/// @notice Merkle roots of evidence, chained a member: one transaction for thousands of readings. It shows that
/// something existed by then and who said so; it can never show what is not in it.
interface IEvidenceAnchor {
    /// @dev The member's head after it is `keccak256(abi.encode(head of the batch before, root))`, with 0 before the first.
    event EvidenceAnchored(uint32 indexed member, uint32 indexed index, bytes32 root, uint32 count);

    /// @notice Batches of a member are numbered 1, 2, .. without gap; `index` is not the next one's number.
    error EvidenceOutOfSequence(uint32 member, uint32 index);

    /// @notice Anchors one batch of the sender's member. A suspended member may: it gives no right (rule 10).
    /// @param root Merkle root over the batch, as OpenZeppelin's `StandardMerkleTree` makes it.
    /// @param count How many leaves the member says that there are.
    /// @param index Number of the batch, so that one sent twice is anchored once.
    function anchor(bytes32 root, uint32 count, uint32 index) external;

    /// @notice Whether `root` is the member's batch `index` and `leaf` is in it.
    /// @dev Warning: a leaf proven says nothing about one that is not.
    /// @param leaf Double-hashed leaf.
    function proves(
        uint32 member,
        uint32 index,
        bytes32 root,
        bytes32 leaf,
        bytes32[] calldata proof
    ) external view returns (bool);

    /// @notice Head of the member's chain after batch `index`, 0 when there is none.
    function headOf(uint32 member, uint32 index) external view returns (bytes32);
}
