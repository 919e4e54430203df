// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Hashes
/// @notice `keccak256(abi.encode(..))` of words, for what is hashed in each posting: beyond the end of the memory in use and
/// without allocating it, which would take as much gas as the hash.
library Hashes {
    function hash5(bytes32 a, bytes32 b, bytes32 c, bytes32 d, bytes32 e) internal pure returns (bytes32 hash) {
        assembly ("memory-safe") {
            let free := mload(0x40)
            mstore(free, a)
            mstore(add(free, 0x20), b)
            mstore(add(free, 0x40), c)
            mstore(add(free, 0x60), d)
            mstore(add(free, 0x80), e)
            hash := keccak256(free, 0xa0)
        }
    }

    function hash6(
        bytes32 a,
        bytes32 b,
        bytes32 c,
        bytes32 d,
        bytes32 e,
        bytes32 f
    ) internal pure returns (bytes32 hash) {
        assembly ("memory-safe") {
            let free := mload(0x40)
            mstore(free, a)
            mstore(add(free, 0x20), b)
            mstore(add(free, 0x40), c)
            mstore(add(free, 0x60), d)
            mstore(add(free, 0x80), e)
            mstore(add(free, 0xa0), f)
            hash := keccak256(free, 0xc0)
        }
    }
}
