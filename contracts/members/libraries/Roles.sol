// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Roles
/// @notice What a member may do, as a bit mask.
library Roles {
    uint8 internal constant CORE_ENTERPRISE = 1;
    uint8 internal constant SUPPLIER = 2;
    uint8 internal constant LENDER = 4;
    uint8 internal constant CARRIER = 8;
    uint8 internal constant INSPECTOR = 16;
    uint8 internal constant AUDITOR = 32;

    /// @dev Every role at once.
    uint8 internal constant ALL = 63;
}
