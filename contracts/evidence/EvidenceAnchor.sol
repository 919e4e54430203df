// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Hashes} from "@openzeppelin/contracts/utils/cryptography/Hashes.sol";
import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {GovernedRegistry} from "../libraries/GovernedRegistry.sol";
import {RegistryMembers} from "../libraries/RegistryMembers.sol";
import {IMemberRegistry} from "../members/interfaces/IMemberRegistry.sol";
import {EvidenceAnchorStorage} from "./EvidenceAnchorStorage.sol";
import {IEvidenceAnchor} from "./interfaces/IEvidenceAnchor.sol";

/// @title EvidenceAnchor
/// @notice Hash-chained Merkle batches of evidence.
contract EvidenceAnchor
    is IEvidenceAnchor, EvidenceAnchorStorage, GovernedRegistry
    layout at erc7201("tradeproof.storage.EvidenceAnchor")
{
    constructor(IMemberRegistry members_) RegistryMembers(members_) {}

    /// @inheritdoc IEvidenceAnchor
    function anchor(bytes32 root, uint32 count, uint32 index) external {
        uint32 member = members.memberOfSigner(msg.sender);
        mapping(uint32 => bytes32) storage heads = _heads[member];
        // There is no batch 0; what would come before it is a number that no chain reaches.
        bytes32 previous;
        unchecked {
            previous = heads[index - 1];
        }
        bool next = index == 1 || previous != 0;
        if (!next || heads[index] != 0) revert EvidenceOutOfSequence(member, index);
        heads[index] = Hashes.efficientKeccak256(previous, root);
        emit EvidenceAnchored(member, index, root, count);
    }

    /// @inheritdoc IEvidenceAnchor
    function proves(
        uint32 member,
        uint32 index,
        bytes32 root,
        bytes32 leaf,
        bytes32[] calldata proof
    ) external view returns (bool) {
        if (index == 0) return false;
        mapping(uint32 => bytes32) storage heads = _heads[member];
        bool anchored = heads[index] == keccak256(abi.encode(heads[index - 1], root));
        return anchored && MerkleProof.verifyCalldata(proof, root, leaf);
    }

    /// @inheritdoc IEvidenceAnchor
    function headOf(uint32 member, uint32 index) external view returns (bytes32) {
        return _heads[member][index];
    }
}
