// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title OrderProposals
/// @notice Bits of what one side of an order wants and awaits the other's word on.
library OrderProposals {
    uint8 internal constant CANCEL_BY_BUYER = 1;
    uint8 internal constant CANCEL_BY_SUPPLIER = 2;
    uint8 internal constant COMPLETE_BY_BUYER = 4;
    uint8 internal constant COMPLETE_BY_SUPPLIER = 8;
    uint8 internal constant CHANGE_BY_BUYER = 16;
    uint8 internal constant CHANGE_BY_SUPPLIER = 32;

    /// @dev No proposal: the order is a framework contract, from its posting on. Here since the slot is full (docs/adr/0041).
    uint8 internal constant FRAMEWORK = 128;

    uint8 internal constant CANCEL = CANCEL_BY_BUYER | CANCEL_BY_SUPPLIER;
    uint8 internal constant COMPLETE = COMPLETE_BY_BUYER | COMPLETE_BY_SUPPLIER;
    uint8 internal constant CHANGE = CHANGE_BY_BUYER | CHANGE_BY_SUPPLIER;
    uint8 internal constant BY_BUYER = CANCEL_BY_BUYER | COMPLETE_BY_BUYER | CHANGE_BY_BUYER;
    uint8 internal constant BY_SUPPLIER = CANCEL_BY_SUPPLIER | COMPLETE_BY_SUPPLIER | CHANGE_BY_SUPPLIER;
}
