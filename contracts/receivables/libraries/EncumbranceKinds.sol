// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title EncumbranceKinds
/// @notice What a lender's claim becomes when it disburses.
library EncumbranceKinds {
    uint8 internal constant PLEDGE = 1;
    uint8 internal constant ASSIGNMENT = 2;
}
