// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC5267} from "@openzeppelin/contracts/interfaces/IERC5267.sol";
import {Hashes} from "./Hashes.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";

/// @title RegistryDomain
/// @notice The EIP-712 domain that a registry's ids and signed messages are bound to: name "tradeproof", version "1",
/// chain id, proxy, and as salt the hash of the block before the consortium's member registry was initialised, so that
/// nothing carries over to another registry, another chain, or the same chain wiped and started anew.
/// @dev OpenZeppelin's `EIP712` cannot carry a salt. Only the salt is kept; the separator is computed at each use from
/// the chain id of that moment, so after a fork that changes the chain id no signature made for the other side counts.
abstract contract RegistryDomain is IERC5267 {
    bytes32 private constant DOMAIN_TYPEHASH = keccak256(
        "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract,bytes32 salt)"
    );
    string private constant NAME = "tradeproof";
    string private constant VERSION = "1";
    bytes32 private constant NAME_HASH = keccak256("tradeproof");
    bytes32 private constant VERSION_HASH = keccak256("1");

    /// @notice EIP-712 domain separator of this registry.
    function domainSeparator() public view returns (bytes32) {
        return
            Hashes.hash6(
                DOMAIN_TYPEHASH,
                NAME_HASH,
                VERSION_HASH,
                bytes32(block.chainid),
                bytes32(uint256(uint160(address(this)))),
                _salt()
            );
    }

    /// @inheritdoc IERC5267
    function eip712Domain()
        external
        view
        returns (
            bytes1 fields,
            string memory name,
            string memory version,
            uint256 chainId,
            address verifyingContract,
            bytes32 salt,
            uint256[] memory extensions
        )
    {
        return (hex"1f", NAME, VERSION, block.chainid, address(this), _salt(), new uint256[](0));
    }

    /// @dev The same for all registries of a consortium.
    function _salt() internal view virtual returns (bytes32);

    /// @dev Digest to be signed for a struct hash under this domain.
    function _hashTypedDataV4(bytes32 structHash) internal view returns (bytes32) {
        return MessageHashUtils.toTypedDataHash(domainSeparator(), structHash);
    }
}
