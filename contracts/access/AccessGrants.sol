// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {GovernedRegistry} from "../libraries/GovernedRegistry.sol";
import {RegistryMembers} from "../libraries/RegistryMembers.sol";
import {IMemberRegistry} from "../members/interfaces/IMemberRegistry.sol";
import {AccessGrantsStorage} from "./AccessGrantsStorage.sol";
import {IAccessGrants} from "./interfaces/IAccessGrants.sol";

/// @title AccessGrants
/// @notice Grants of access as salted commitments.
contract AccessGrants
    is IAccessGrants, AccessGrantsStorage, GovernedRegistry
    layout at erc7201("tradeproof.storage.AccessGrants")
{
    bytes32 private constant GRANT = keccak256("GRANT");

    constructor(IMemberRegistry members_) RegistryMembers(members_) {}

    /// @inheritdoc IAccessGrants
    function grant(bytes32 commitment, bytes32 random) external returns (bytes32 id) {
        members.requireMayBegin(msg.sender);
        if (commitment == 0) revert GrantEmpty(msg.sender);
        id = keccak256(abi.encode(domainSeparator(), GRANT, msg.sender, random));
        if (_grants[id].maker != address(0)) revert GrantExists(id);
        _grants[id] = Grant({maker: msg.sender, madeAt: uint40(block.timestamp), revokedAt: 0, commitment: commitment});
        emit GrantMade(id, msg.sender, commitment);
    }

    /// @inheritdoc IAccessGrants
    function revoke(bytes32 id) external {
        Grant storage record = _grants[id];
        if (record.maker == address(0)) revert GrantUnknown(id);
        if (record.maker != msg.sender) revert GrantNotMaker(id, record.maker, msg.sender);
        if (record.revokedAt != 0) revert GrantAlreadyRevoked(id, record.revokedAt);
        record.revokedAt = uint40(block.timestamp);
        emit GrantRevoked(id);
    }

    /// @inheritdoc IAccessGrants
    function grantOf(bytes32 id) external view returns (Grant memory) {
        return _grants[id];
    }
}
