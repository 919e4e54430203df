// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {UUPSUpgradeable} from "@openzeppelin/contracts/proxy/utils/UUPSUpgradeable.sol";
import {IReceivableDefaults} from "../receivables/interfaces/IReceivableDefaults.sol";
import {Chambers} from "./libraries/Chambers.sol";
import {MemberStatus} from "./libraries/MemberStatus.sol";
import {Names} from "./libraries/Names.sol";
import {ProposalKinds} from "./libraries/ProposalKinds.sol";
import {Roles} from "./libraries/Roles.sol";
import {MemberEntities} from "./MemberEntities.sol";

/// @title MemberDecisions
/// @notice What each kind of proposal does. Its guards run twice: when it is made, so that nobody votes on what cannot
/// be, and when it is executed, since the world may have changed.
abstract contract MemberDecisions is MemberEntities {
    /// @dev Reverts unless the proposal could be executed now.
    function _check(uint8 kind, bytes memory payload) internal view {
        if (kind == ProposalKinds.ADMIT) _checkAdmission(abi.decode(payload, (Admission)));
        else if (kind == ProposalKinds.SUSPEND) _checkSuspension(abi.decode(payload, (uint32)));
        else if (kind == ProposalKinds.REINSTATE) _checkReinstatement(abi.decode(payload, (uint32)));
        else if (kind == ProposalKinds.SET_ROLES) _checkRoles(payload);
        else if (kind == ProposalKinds.REPLACE_ADMIN) _checkReplacement(payload);
        else if (kind == ProposalKinds.UPGRADE) _checkUpgrade(payload);
        else if (kind == ProposalKinds.REMOVE_ENTITY) _checkEntityRemoval(payload);
        else if (kind == ProposalKinds.OVERRULE_LENDER) _checkOverruling(payload);
        else revert ProposalUnknownKind(kind);
    }

    function _carryOut(uint8 kind, bytes memory payload) internal {
        _check(kind, payload);
        if (kind == ProposalKinds.ADMIT) _admit(abi.decode(payload, (Admission)));
        else if (kind == ProposalKinds.SUSPEND) _suspend(abi.decode(payload, (uint32)));
        else if (kind == ProposalKinds.REINSTATE) _reinstate(abi.decode(payload, (uint32)));
        else if (kind == ProposalKinds.SET_ROLES) _setRoles(payload);
        else if (kind == ProposalKinds.REPLACE_ADMIN) _replaceAdmin(payload);
        else if (kind == ProposalKinds.UPGRADE) _upgrade(payload);
        else if (kind == ProposalKinds.REMOVE_ENTITY) _removeEntity(payload);
        else _overrule(payload);
    }

    function _checkAdmission(Admission memory admission) internal view {
        _requireFree(admission.admin);
        _requireRoles(admission.roles, admission.chamber);
        _requireEndpoint(admission.endpoint);
        if (!Names.valid(admission.name)) revert MemberInvalidName(admission.name);
        uint32 bearer = _names[admission.name];
        if (bearer != 0) revert MemberNameTaken(admission.name, bearer);
    }

    function _admit(Admission memory admission) internal returns (uint32 id) {
        id = ++_memberCount;
        _members[id] = Member({
            admin: admission.admin,
            roles: admission.roles,
            chamber: admission.chamber,
            status: MemberStatus.ACTIVE,
            votingSince: _proposalCount,
            tagKeys: 0
        });
        _admins[admission.admin] = id;
        _names[admission.name] = id;
        _updateStanding(id);
        if (admission.chamber != Chambers.NONE) ++_chamberSizes[admission.chamber - 1];
        emit MemberAdmitted(id, admission.admin, admission.roles, admission.chamber, admission.name);
        _setEndpoint(id, admission.endpoint);
    }

    function _checkSuspension(uint32 id) private view {
        _requireKnown(id);
        _requireActive(id);
        uint8 chamber = _members[id].chamber;
        bool last = chamber != Chambers.NONE && _chamberSizes[chamber - 1] == 1;
        if (last) revert MemberLastOfChamber(id, chamber);
    }

    function _suspend(uint32 id) private {
        Member storage record = _members[id];
        record.status = MemberStatus.SUSPENDED;
        _updateStanding(id);
        if (record.chamber != Chambers.NONE) --_chamberSizes[record.chamber - 1];
        emit MemberSuspended(id);
    }

    function _checkReinstatement(uint32 id) private view {
        _requireKnown(id);
        if (_members[id].status != MemberStatus.SUSPENDED) revert MemberNotSuspended(id);
    }

    function _reinstate(uint32 id) private {
        Member storage record = _members[id];
        record.status = MemberStatus.ACTIVE;
        record.votingSince = _proposalCount;
        _updateStanding(id);
        if (record.chamber != Chambers.NONE) ++_chamberSizes[record.chamber - 1];
        emit MemberReinstated(id);
    }

    function _checkRoles(bytes memory payload) private view {
        (uint32 id, uint8 roles) = abi.decode(payload, (uint32, uint8));
        _requireKnown(id);
        _requireRoles(roles, _members[id].chamber);
    }

    function _setRoles(bytes memory payload) private {
        (uint32 id, uint8 roles) = abi.decode(payload, (uint32, uint8));
        _members[id].roles = roles;
        _updateStanding(id);
        emit MemberRolesChanged(id, roles);
    }

    function _checkReplacement(bytes memory payload) private view {
        (uint32 id, address admin) = abi.decode(payload, (uint32, address));
        _requireKnown(id);
        _requireFree(admin);
    }

    function _replaceAdmin(bytes memory payload) private {
        (uint32 id, address admin) = abi.decode(payload, (uint32, address));
        _members[id].admin = admin;
        _admins[admin] = id;
        emit MemberAdminReplaced(id, admin);
    }

    /// @dev A migration is a call of the new code by this registry, which may upgrade: it could bring code that comes to be only
    /// after the vote, and that puts the voted code back when it has done its work.
    function _checkUpgrade(bytes memory payload) private view {
        (address proxy, address implementation, bytes32 codeHash, bytes memory migration) = abi.decode(
            payload,
            (address, address, bytes32, bytes)
        );
        bytes32 found = implementation.codehash;
        if (found != codeHash) revert ProposalCodeMismatch(implementation, codeHash, found);
        bool upgrades = bytes4(migration) == UUPSUpgradeable.upgradeToAndCall.selector;
        if (upgrades) revert ProposalInvalidMigration(proxy);
    }

    function _upgrade(bytes memory payload) private {
        (address proxy, address implementation, , bytes memory migration) = abi.decode(
            payload,
            (address, address, bytes32, bytes)
        );
        UUPSUpgradeable(proxy).upgradeToAndCall(implementation, migration);
    }

    function _checkOverruling(bytes memory payload) private view {
        (IReceivableDefaults registry, bytes32 receivable) = abi.decode(payload, (IReceivableDefaults, bytes32));
        registry.requireOverrulable(receivable);
    }

    /// @dev Beware: the registry is whatever the proposal names. That is safe as long as `overrule` does nothing else anywhere.
    function _overrule(bytes memory payload) private {
        (IReceivableDefaults registry, bytes32 receivable) = abi.decode(payload, (IReceivableDefaults, bytes32));
        registry.overrule(receivable);
    }

    function _requireKnown(uint32 id) private view {
        if (_members[id].status == 0) revert MemberUnknown(id);
    }

    function _requireRoles(uint8 roles, uint8 chamber) private pure {
        if (roles == 0 || roles > Roles.ALL) revert MemberInvalidRoles(roles);
        if (!Chambers.admits(chamber, roles)) revert MemberInvalidChamber(chamber, roles);
    }
}
