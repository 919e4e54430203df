// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IMemberKeys} from "./interfaces/IMemberKeys.sol";
import {MemberProfile} from "./MemberProfile.sol";

/// @title MemberEntities
/// @notice Which legal entities a member is: whoever registers one first, until the chambers say otherwise.
abstract contract MemberEntities is MemberProfile {
    /// @inheritdoc IMemberKeys
    function registerEntity(bytes32 entity) external {
        uint32 id = _senderAsAdmin();
        _requireActive(id);
        if (_entities[entity] != 0) revert MemberEntityTaken(entity, _entities[entity]);
        if (_lostEntities[entity][id]) revert MemberEntityLost(entity, id);
        _registerEntity(entity, id);
    }

    /// @inheritdoc IMemberKeys
    function memberOfEntity(bytes32 entity) external view returns (uint32) {
        return _entities[entity];
    }

    /// @dev The proposal names the holder, so that it takes nothing from whoever came by the entity since.
    function _checkEntityRemoval(bytes memory payload) internal view {
        (bytes32 entity, uint32 from, uint32 to) = abi.decode(payload, (bytes32, uint32, uint32));
        uint32 holder = _entities[entity];
        if (from == 0 || holder != from) revert MemberEntityNotHeld(entity, from, holder);
        if (to == from) revert MemberEntityTaken(entity, from);
        if (to != 0) _requireActive(to);
    }

    function _removeEntity(bytes memory payload) internal {
        (bytes32 entity, uint32 from, uint32 to) = abi.decode(payload, (bytes32, uint32, uint32));
        _entities[entity] = 0;
        _lostEntities[entity][from] = true;
        emit LegalEntityRemoved(from, entity);
        if (to == 0) return;
        _lostEntities[entity][to] = false;
        _registerEntity(entity, to);
    }

    function _registerEntity(bytes32 entity, uint32 id) private {
        _entities[entity] = id;
        emit LegalEntityRegistered(id, entity);
    }
}
