// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title ConfirmationScope
/// @notice Bits of what an obligor says beside amount and date when it confirms.
library ConfirmationScope {
    /// @dev It will not set claims of its own off against this one.
    uint8 internal constant WAIVES_SET_OFF = 1;
    /// @dev It will not raise the defences of the underlying contract.
    uint8 internal constant WAIVES_DEFENCES = 2;
    /// @dev It confirms though no receipt covers the invoice.
    uint8 internal constant WITHOUT_RECEIPT = 4;

    uint8 internal constant ALL = 7;
}
