// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title ReceivableMarks
/// @notice Bits of what is said of a receivable beside its state. None is ever taken back.
library ReceivableMarks {
    /// @dev By the payee: not paid when due.
    uint8 internal constant OVERDUE = 1;
    /// @dev By the payee: it does not count on payment any more.
    uint8 internal constant DEFAULTED = 2;
    /// @dev A lender that had a claim on it was paid back by its holder.
    uint8 internal constant REPURCHASED = 4;
}
