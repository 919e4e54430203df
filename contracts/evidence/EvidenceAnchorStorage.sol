// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {RegistryDomain} from "../libraries/RegistryDomain.sol";

/// @title EvidenceAnchorStorage
/// @notice Variables of the evidence anchor.
/// @dev Positions are part of the proof format: append only; test/snapshots/storage is checked.
abstract contract EvidenceAnchorStorage is RegistryDomain {
    /// @dev One slot a batch and no counter: that the head before is there and this one is not says which is next.
    mapping(uint32 member => mapping(uint32 index => bytes32)) internal _heads;
}
