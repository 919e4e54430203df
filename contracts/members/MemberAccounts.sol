// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {IMemberKeys} from "./interfaces/IMemberKeys.sol";
import {IMemberRegistry} from "./interfaces/IMemberRegistry.sol";
import {MemberStandings} from "./MemberStandings.sol";

/// @title MemberAccounts
/// @notice Accounts that speak for a member: its admin and its operators.
abstract contract MemberAccounts is IMemberRegistry, MemberStandings {
    bytes32 private constant ACCEPTANCE_TYPEHASH = keccak256("OperatorAcceptance(address account,uint32 member)");

    /// @inheritdoc IMemberKeys
    function addOperator(address account, bytes calldata acceptance) external {
        uint32 id = _senderAsAdmin();
        _requireFree(account);
        bytes32 digest = _hashTypedDataV4(keccak256(abi.encode(ACCEPTANCE_TYPEHASH, account, id)));
        bool accepted = SignatureChecker.isValidSignatureNowCalldata(account, digest, acceptance);
        if (!accepted) revert MemberInvalidAcceptance(account, id);
        _addOperator(id, account);
    }

    /// @inheritdoc IMemberKeys
    function revokeOperator(address account, uint64 inDoubtFrom) external {
        uint32 id = _senderAsAdmin();
        Operator storage record = _operators[account];
        if (record.member != id) revert MemberNotOperator(id, account, record.member);
        if (record.revokedAt != 0) revert MemberKeyRevoked(account, record.revokedAt);
        _requirePast(inDoubtFrom);
        record.revokedAt = uint40(block.number);
        record.inDoubtFrom = uint40(inDoubtFrom);
        emit OperatorRevoked(id, account, inDoubtFrom);
    }

    /// @inheritdoc IMemberKeys
    function operator(address account) external view returns (Operator memory) {
        return _operators[account];
    }

    /// @inheritdoc IMemberKeys
    function memberOfSigner(address account) public view returns (uint32 id) {
        Operator storage record = _operators[account];
        id = record.member;
        if (id == 0) revert MemberUnknownOperator(account);
        if (record.revokedAt != 0) revert MemberKeyRevoked(account, record.revokedAt);
    }

    /// @inheritdoc IMemberKeys
    function memberOfAdmin(address account) public view returns (uint32 id) {
        id = _admins[account];
        if (_members[id].admin != account) id = 0;
    }

    function _senderAsAdmin() internal view returns (uint32 id) {
        id = memberOfAdmin(msg.sender);
        if (id == 0) revert MemberUnknownAdmin(msg.sender);
    }

    /// @dev An account serves one member in one capacity, for ever: else an act of long ago could change hands.
    function _requireFree(address account) internal view {
        if (_admins[account] != 0) revert MemberAccountTaken(account, _admins[account]);
        uint32 owner = _operators[account].member;
        if (owner != 0 || account == address(0)) revert MemberAccountTaken(account, owner);
    }

    function _requirePast(uint64 inDoubtFrom) internal view {
        if (inDoubtFrom > block.number) revert MemberInvalidDoubt(inDoubtFrom, block.number);
    }

    function _addOperator(uint32 id, address account) internal {
        _operators[account] = Operator({member: id, addedAt: uint40(block.number), revokedAt: 0, inDoubtFrom: 0});
        emit OperatorAdded(id, account);
    }
}
