// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IMemberKeys} from "./interfaces/IMemberKeys.sol";
import {KeyKinds} from "./libraries/KeyKinds.sol";
import {MemberAccounts} from "./MemberAccounts.sol";

/// @title MemberKeys
/// @notice Message and tag keys of a member.
abstract contract MemberKeys is MemberAccounts {
    /// @inheritdoc IMemberKeys
    function addKey(uint8 kind, bytes calldata publicKey) external returns (bytes32) {
        return _addKey(_senderAsAdmin(), kind, publicKey);
    }

    /// @inheritdoc IMemberKeys
    function revokeKey(bytes32 id, uint64 inDoubtFrom) external {
        uint32 owner = _senderAsAdmin();
        Key storage record = _keys[id];
        if (record.member != owner) revert KeyUnknown(owner, id);
        if (record.revokedAt != 0) revert KeyAlreadyRevoked(id, record.revokedAt);
        _requirePast(inDoubtFrom);
        record.revokedAt = uint40(block.number);
        record.inDoubtFrom = uint40(inDoubtFrom);
        emit KeyRevoked(owner, id, inDoubtFrom);
    }

    /// @inheritdoc IMemberKeys
    function key(bytes32 id) external view returns (Key memory) {
        return _keys[id];
    }

    /// @inheritdoc IMemberKeys
    function tagKeys(uint32 id) external view returns (uint32) {
        return _members[id].tagKeys;
    }

    function _addKey(uint32 owner, uint8 kind, bytes memory publicKey) internal returns (bytes32 id) {
        uint256 length = KeyKinds.length(kind);
        if (length == 0 || publicKey.length != length) revert KeyInvalid(kind, publicKey.length);
        id = keccak256(abi.encode(domainSeparator(), owner, kind, publicKey));
        if (_keys[id].member != 0) revert KeyExists(id);
        uint32 number = kind == KeyKinds.TAG ? ++_members[owner].tagKeys : 0;
        _keys[id] = Key({
            member: owner,
            kind: kind,
            number: number,
            addedAt: uint40(block.number),
            revokedAt: 0,
            inDoubtFrom: 0
        });
        emit KeyAdded(owner, id, kind, number, publicKey);
    }
}
