// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Initializable} from "@openzeppelin/contracts/proxy/utils/Initializable.sol";
import {UUPSUpgradeable} from "@openzeppelin/contracts/proxy/utils/UUPSUpgradeable.sol";
import {IMemberGovernance} from "./interfaces/IMemberGovernance.sol";
import {IMemberRegistry} from "./interfaces/IMemberRegistry.sol";
import {Roles} from "./libraries/Roles.sol";
import {MemberKeys} from "./MemberKeys.sol";
import {MemberVotes} from "./MemberVotes.sol";

/// @title MemberRegistry
/// @notice The one registry that the others ask: who acts, for whom, and whether it may. It alone upgrades them and itself.
contract MemberRegistry
    is MemberKeys, MemberVotes, Initializable, UUPSUpgradeable
    layout at erc7201("tradeproof.storage.MemberRegistry")
{
    constructor() {
        _disableInitializers();
    }

    /// @inheritdoc IMemberRegistry
    function initialize(
        GenesisMember[] calldata genesis,
        uint40 upgradeDelay_,
        uint40 votingPeriod_
    ) external initializer {
        _domainSalt = blockhash(block.number - 1);
        _upgradeDelay = upgradeDelay_;
        _votingPeriod = votingPeriod_;
        for (uint256 i; i < genesis.length; ++i) _found(genesis[i]);
        for (uint8 i; i < 3; ++i) if (_chamberSizes[i] == 0) revert MemberChamberEmpty(i + 1);
    }

    /// @inheritdoc IMemberRegistry
    function authorize(
        address account,
        uint8 role,
        uint32 counterparty,
        uint8 counterpartyRole
    ) external view returns (uint32 id) {
        id = memberOfSigner(account);
        requireActive(id, role);
        if (counterparty != 0) requireActive(counterparty, counterpartyRole);
    }

    /// @inheritdoc IMemberRegistry
    function requireMayBegin(address account) external view {
        if (_admins[account] != 0) {
            uint32 id = memberOfAdmin(account);
            if (id == 0) revert MemberUnknownAdmin(account);
            _requireActive(id);
        }
        if (_operators[account].member != 0) _requireActive(memberOfSigner(account));
    }

    /// @inheritdoc IMemberRegistry
    function requireActive(uint32 id, uint8 role) public view {
        uint8 accepted = role == 0 ? Roles.ALL : role;
        if (_standingOf(id) & accepted == 0) _refuse(id, role);
    }

    /// @inheritdoc IMemberGovernance
    function member(uint32 id) external view returns (Member memory) {
        return _members[id];
    }

    /// @inheritdoc IMemberGovernance
    function memberCount() external view returns (uint32) {
        return _memberCount;
    }

    /// @inheritdoc IMemberGovernance
    function memberOfName(string calldata name) external view returns (uint32) {
        return _names[name];
    }

    /// @inheritdoc UUPSUpgradeable
    function _authorizeUpgrade(address) internal view override {
        if (msg.sender != address(this)) revert MemberUpgradeUnauthorized(msg.sender);
    }

    function _salt() internal view override returns (bytes32) {
        return _domainSalt;
    }

    function _refuse(uint32 id, uint8 role) private view {
        _requireActive(id);
        revert MemberMissingRole(id, _members[id].roles, role);
    }

    function _found(GenesisMember calldata one) private {
        Admission memory admission = Admission(one.admin, one.roles, one.chamber, one.name, one.endpoint);
        _checkAdmission(admission);
        uint32 id = _admit(admission);
        _requireFree(one.operator);
        _addOperator(id, one.operator);
        for (uint256 i; i < one.keys.length; ++i) _addKey(id, one.keys[i].kind, one.keys[i].publicKey);
    }
}
