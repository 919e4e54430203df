// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Names
/// @notice Short names of members.
library Names {
    uint256 private constant MAX_LENGTH = 32;

    /// @notice Whether `name` has 1 to 32 characters of `a-z`, `0-9` and `-`.
    function valid(string memory name) internal pure returns (bool) {
        bytes memory letters = bytes(name);
        if (letters.length == 0 || letters.length > MAX_LENGTH) return false;
        for (uint256 i; i < letters.length; ++i) {
            bytes1 c = letters[i];
            if (!((c >= "a" && c <= "z") || (c >= "0" && c <= "9") || c == "-")) return false;
        }
        return true;
    }
}
