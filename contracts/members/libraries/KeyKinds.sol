// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title KeyKinds
/// @notice Keys of a member that are no accounts of the chain.
library KeyKinds {
    /// @dev Ed25519, signs envelopes.
    uint8 internal constant MESSAGE_SIGNING = 1;
    /// @dev X25519, envelopes are encrypted to it.
    uint8 internal constant MESSAGE_ENCRYPTION = 2;
    /// @dev BLS12-381, public key in G1, compressed; makes fingerprints of invoices and tags of orders.
    uint8 internal constant TAG = 3;

    /// @notice Bytes of a public key of this kind, 0 for an unknown kind.
    function length(uint8 kind) internal pure returns (uint256) {
        if (kind == MESSAGE_SIGNING || kind == MESSAGE_ENCRYPTION) return 32;
        return kind == TAG ? 48 : 0;
    }
}
