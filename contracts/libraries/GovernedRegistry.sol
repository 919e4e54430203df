// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC5267} from "@openzeppelin/contracts/interfaces/IERC5267.sol";
import {Initializable} from "@openzeppelin/contracts/proxy/utils/Initializable.sol";
import {UUPSUpgradeable} from "@openzeppelin/contracts/proxy/utils/UUPSUpgradeable.sol";
import {IMemberRegistry} from "../members/interfaces/IMemberRegistry.sol";
import {RegistryDomain} from "./RegistryDomain.sol";

/// @title GovernedRegistry
/// @notice What every registry but the member registry has in common: a domain, and an upgrade that only a passed vote
/// of the chambers, executed by the member registry, can make.
/// @dev The member registry's proxy is an immutable of the implementation (its address is known from the deployer's
/// nonce), so membership costs no storage read here, and an upgrade that names another one has another code hash. So is
/// the domain's salt: read from that proxy, which must stand before the implementation does, it is the same in every
/// version, and an id costs no storage read for it.
abstract contract GovernedRegistry is RegistryDomain, Initializable, UUPSUpgradeable {
    /// @notice An upgrade was tried by `caller`, which is not the member registry.
    error RegistryUpgradeUnauthorized(address caller);

    /// @notice Proxy of the member registry.
    IMemberRegistry public immutable members;
    bytes32 private immutable _domainSalt;

    /// @param members_ Proxy of the member registry.
    constructor(IMemberRegistry members_) {
        members = members_;
        (, , , , , _domainSalt, ) = IERC5267(address(members_)).eip712Domain();
        _disableInitializers();
    }

    /// @notice Marks the proxy as initialised; there is nothing to set. Called once, by the proxy's constructor.
    function initialize() external initializer {}

    /// @inheritdoc UUPSUpgradeable
    function _authorizeUpgrade(address) internal view override {
        if (msg.sender != address(members)) revert RegistryUpgradeUnauthorized(msg.sender);
    }

    /// @inheritdoc RegistryDomain
    function _salt() internal view override returns (bytes32) {
        return _domainSalt;
    }
}
