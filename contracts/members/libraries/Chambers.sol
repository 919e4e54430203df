// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Roles} from "./Roles.sol";

/// @title Chambers
/// @notice The three groups that vote apart. A proposal needs two thirds of each, so that many members of one kind
/// decide nothing without the other two.
library Chambers {
    uint8 internal constant NONE = 0;
    uint8 internal constant CORE_ENTERPRISES = 1;
    uint8 internal constant SUPPLIERS = 2;
    uint8 internal constant LENDERS = 3;

    /// @notice Whether a member with these roles may sit in this chamber: each of the three asks for its own role.
    function admits(uint8 chamber, uint8 roles) internal pure returns (bool) {
        if (chamber == NONE) return true;
        if (chamber == CORE_ENTERPRISES) return roles & Roles.CORE_ENTERPRISE != 0;
        if (chamber == SUPPLIERS) return roles & Roles.SUPPLIER != 0;
        return chamber == LENDERS && roles & Roles.LENDER != 0;
    }
}
