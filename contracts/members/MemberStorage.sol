// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {RegistryDomain} from "../libraries/RegistryDomain.sol";
import {IMemberGovernance} from "./interfaces/IMemberGovernance.sol";
import {IMemberKeys} from "./interfaces/IMemberKeys.sol";

/// @title MemberStorage
/// @notice All variables of the member registry, in the order of their slots.
/// @dev Positions are part of the proof format: append only; test/snapshots/storage is checked.
abstract contract MemberStorage is RegistryDomain {
    /// @dev Hash of the block before the first; in the domain of each registry of the consortium.
    bytes32 internal _domainSalt;
    /// @dev By number; one packed slot.
    mapping(uint32 member => IMemberGovernance.Member) internal _members;
    /// @dev Roles of a member while it is active, else 0: a byte a member, 32 members a slot, so that asking for both
    /// sides of an act mostly reads one slot. Derived from `_members`.
    mapping(uint32 group => uint256) internal _standings;
    /// @dev By account; one packed slot, never deleted.
    mapping(address account => IMemberKeys.Operator) internal _operators;
    /// @dev Whose admin an account is or was; it still is if the member names it.
    mapping(address account => uint32 member) internal _admins;
    mapping(bytes32 key => IMemberKeys.Key) internal _keys;
    mapping(bytes32 entity => uint32 member) internal _entities;
    mapping(string name => uint32 member) internal _names;
    mapping(bytes32 proposal => IMemberGovernance.Proposal) internal _proposals;
    /// @dev 0 not yet, 1 approved, 2 rejected.
    mapping(bytes32 proposal => mapping(uint32 member => uint8)) internal _votes;
    uint32[3] internal _chamberSizes;
    uint32 internal _memberCount;
    uint32 internal _proposalCount;
    uint40 internal _upgradeDelay;
    uint40 internal _votingPeriod;
    /// @dev Whether the chambers took an entity from a member, which so cannot register it again.
    mapping(bytes32 entity => mapping(uint32 member => bool)) internal _lostEntities;
}
