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
}
