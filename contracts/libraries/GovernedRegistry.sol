// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Initializable} from "@openzeppelin/contracts/proxy/utils/Initializable.sol";
import {UUPSUpgradeable} from "@openzeppelin/contracts/proxy/utils/UUPSUpgradeable.sol";
import {IMemberRegistry} from "../members/interfaces/IMemberRegistry.sol";
import {RegistryDomain} from "./RegistryDomain.sol";

/// @title GovernedRegistry
/// @notice What every registry but the member registry has in common: a domain, and an upgrade that only a passed vote
/// of the chambers, executed by the member registry, can make.
/// @dev The member registry's proxy is an immutable of the implementation (its address is known from the deployer's
/// nonce), so membership costs no storage read here, and an upgrade that names another one has another code hash.
abstract contract GovernedRegistry is RegistryDomain, Initializable, UUPSUpgradeable {
    /// @notice An upgrade was tried by `caller`, which is not the member registry.
    error RegistryUpgradeUnauthorized(address caller);

    /// @notice Proxy of the member registry.
    IMemberRegistry public immutable members;

    /// @param members_ Proxy of the member registry.
    constructor(IMemberRegistry members_) {
        members = members_;
        _disableInitializers();
    }

    /// @notice Fixes the registry's domain. Called once, by the proxy's constructor.
    function initialize() external initializer {
        _initializeDomain();
    }

    /// @inheritdoc UUPSUpgradeable
    function _authorizeUpgrade(address) internal view override {
        if (msg.sender != address(members)) revert RegistryUpgradeUnauthorized(msg.sender);
    }
}
