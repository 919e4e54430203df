// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Initializable} from "@openzeppelin/contracts/proxy/utils/Initializable.sol";
import {UUPSUpgradeable} from "@openzeppelin/contracts/proxy/utils/UUPSUpgradeable.sol";
import {RegistryMembers} from "./RegistryMembers.sol";

/// @title GovernedRegistry
/// @notice What every registry but the member registry has in common: a domain, and an upgrade that only a passed vote
/// of the chambers, executed by the member registry, can make.
abstract contract GovernedRegistry is RegistryMembers, Initializable, UUPSUpgradeable {
    /// @notice An upgrade was tried by `caller`, which is not the member registry.
    error RegistryUpgradeUnauthorized(address caller);

    constructor() {
        _disableInitializers();
    }

    /// @notice Marks the proxy as initialised; there is nothing to set. Called once, by the proxy's constructor.
    function initialize() external initializer {}

    /// @inheritdoc UUPSUpgradeable
    function _authorizeUpgrade(address) internal view override {
        if (msg.sender != address(members)) revert RegistryUpgradeUnauthorized(msg.sender);
    }
}
