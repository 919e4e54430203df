// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title MemberStatus
/// @notice Where a member stands. 0 is a number that was never given out.
library MemberStatus {
    uint8 internal constant ACTIVE = 1;
    uint8 internal constant SUSPENDED = 2;
}
