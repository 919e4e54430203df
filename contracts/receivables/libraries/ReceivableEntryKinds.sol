// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title ReceivableEntryKinds
/// @notice Kinds of entries in a receivable's log. Who made one follows from its kind.
library ReceivableEntryKinds {
    uint8 internal constant CONFIRMATION = 1;
    uint8 internal constant PAYMENT_CLAIM = 2;
    uint8 internal constant PAYMENT_ACKNOWLEDGEMENT = 3;
    /// @dev An acknowledgement that says that the confirmed amount is reached.
    uint8 internal constant SETTLEMENT = 4;
    uint8 internal constant CREDIT_NOTE = 5;
    uint8 internal constant DISPUTE = 6;
    uint8 internal constant DISPUTE_RESOLUTION = 7;
    /// @dev The payee's word that nothing is owed any more, beside any payment.
    uint8 internal constant SETTLEMENT_DECLARATION = 8;
    uint8 internal constant SPLIT = 9;
    uint8 internal constant OVERDUE = 10;
    uint8 internal constant DEFAULT = 11;
    uint8 internal constant WRITE_OFF = 12;
    uint8 internal constant REGISTRATION = 13;
    uint8 internal constant PAYMENT_WITHDRAWAL = 14;
}
