// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title ConsentActs
/// @notice What the consents that this registry takes say yes to.
library ConsentActs {
    /// @dev Holder and lender: reserve the object.
    bytes32 internal constant RESERVE = keccak256("RESERVE");
    /// @dev A first lender: another lender may reserve above or below it.
    bytes32 internal constant YIELD = keccak256("YIELD");
    /// @dev A lender: the order behind its claim may change.
    bytes32 internal constant CHANGE = keccak256("CHANGE");
    /// @dev A holder, or a lender whose claim reaches it: the receivable may be voided.
    bytes32 internal constant VOID = keccak256("VOID");
    /// @dev A lender: the holder may settle the receivable.
    bytes32 internal constant SETTLE = keccak256("SETTLE");
    /// @dev Holder, lender and first lenders: a claim on an order moves to a receivable born from it.
    bytes32 internal constant ROLL_OVER = keccak256("ROLL_OVER");
    /// @dev Holder, obligor, or a lender whose claim reaches it: the receivable is split into these parts.
    bytes32 internal constant SPLIT = keccak256("SPLIT");
    /// @dev A new holder: it takes this part.
    bytes32 internal constant ACCEPT = keccak256("ACCEPT");
    /// @dev A lender whose claim on an order reaches it: the receivable may be written off.
    bytes32 internal constant WRITE_OFF = keccak256("WRITE_OFF");
}
