// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC5267} from "@openzeppelin/contracts/interfaces/IERC5267.sol";
import {IMemberRegistry} from "../members/interfaces/IMemberRegistry.sol";
import {RegistryDomain} from "./RegistryDomain.sol";

/// @title RegistryMembers
/// @notice Whom code of a registry asks about members, and the domain that it has with them.
/// @dev The member registry's proxy is an immutable of the implementation (its address is known from the deployer's
/// nonce), so membership costs no storage read here, and an upgrade that names another one has another code hash. So is
/// the domain's salt: read from that proxy, which must stand before the implementation does, it is the same in every
/// version, and an id costs no storage read for it.
abstract contract RegistryMembers is RegistryDomain {
    /// @notice Proxy of the member registry.
    IMemberRegistry public immutable members;
    bytes32 private immutable _domainSalt;

    /// @param members_ Proxy of the member registry.
    constructor(IMemberRegistry members_) {
        members = members_;
        (, , , , , _domainSalt, ) = IERC5267(address(members_)).eip712Domain();
    }

    /// @inheritdoc RegistryDomain
    function _salt() internal view override returns (bytes32) {
        return _domainSalt;
    }
}
