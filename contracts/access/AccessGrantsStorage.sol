// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {RegistryDomain} from "../libraries/RegistryDomain.sol";
import {IAccessGrants} from "./interfaces/IAccessGrants.sol";

/// @title AccessGrantsStorage
/// @notice Variables of the grants.
/// @dev Positions are part of the proof format: append only; test/snapshots/storage is checked.
abstract contract AccessGrantsStorage is RegistryDomain {
    mapping(bytes32 grant => IAccessGrants.Grant) internal _grants;
}
