// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";

/// @notice A consent as it is sent: object, act and details are not in it, since the contract knows what it is about to
/// do and rebuilds them; a consent to anything else does not verify.
/// @param signer Account that gives it: an externally owned one (low s) or a contract (ERC-1271).
/// @param nonce Used once by that signer, whatever for.
/// @param deadline Last second of block time at which it is good.
/// @param coverVersion Cover version of the object at which it was given.
struct SignedConsent {
    address signer;
    bytes32 nonce;
    uint64 deadline;
    uint64 coverVersion;
    bytes signature;
}

/// @notice Consent of the lender whose encumbrance is on `object`.
struct LenderConsent {
    bytes32 object;
    SignedConsent consent;
}

/// @title IConsents
/// @notice Acts that need a signature besides the sender's: whoever holds the signatures may send them.
interface IConsents {
    event ConsentNonceCancelled(address indexed signer, bytes32 indexed nonce);

    /// @notice Good until `deadline`; it is `timestamp`.
    error ConsentExpired(uint64 deadline, uint256 timestamp);
    /// @notice Given at cover version `given` of its object, which is at `current`: something lowered the cover since.
    error ConsentStale(uint64 given, uint64 current);
    /// @notice `signer` has used or cancelled that nonce.
    error ConsentNonceUsed(address signer, bytes32 nonce);
    /// @notice `signer` did not sign this act on this object with these details under this registry's domain.
    error ConsentInvalidSignature(address signer);
    /// @notice The consent of `required` is needed, not that of `given`.
    error ConsentWrongSigner(address given, address required);
    /// @notice A consent was sent for `object`, where none is needed or it stands out of order.
    error ConsentUnexpected(bytes32 object);

    /// @notice Makes a nonce of the caller unusable, and with it the consent that bears it.
    function cancelNonce(bytes32 nonce) external;

    /// @notice Whether `signer` has used or cancelled a nonce.
    function nonceUsed(address signer, bytes32 nonce) external view returns (bool);
}

/// @title Consents
/// @notice Checks and spends EIP-712 consents:
/// `Consent(bytes32 object,bytes32 act,bytes32 details,bytes32 nonce,uint64 deadline,uint64 coverVersion)` under the
/// domain of the registry that takes them. `act` is the hash of the act's name, `details` the hash of the ABI encoding of
/// its parameters, as the function that takes the consent says.
library Consents {
    bytes32 internal constant TYPEHASH = keccak256(
        "Consent(bytes32 object,bytes32 act,bytes32 details,bytes32 nonce,uint64 deadline,uint64 coverVersion)"
    );

    /// @dev Spends a consent or reverts. The nonce is written before the signature is looked at; a contract signer is
    /// asked by static call, so it cannot re-enter to any effect.
    /// @param used Nonces used by each signer.
    /// @param domainSeparator Of the registry that takes the consent.
    /// @param coverVersion Cover version of `object` now.
    function spend(
        mapping(address signer => mapping(bytes32 nonce => bool)) storage used,
        SignedConsent calldata consent,
        bytes32 domainSeparator,
        bytes32 object,
        bytes32 act,
        bytes32 details,
        uint64 coverVersion
    ) internal {
        address signer = consent.signer;
        bytes32 nonce = consent.nonce;
        if (block.timestamp > consent.deadline) revert IConsents.ConsentExpired(consent.deadline, block.timestamp);
        if (consent.coverVersion != coverVersion) revert IConsents.ConsentStale(consent.coverVersion, coverVersion);
        if (used[signer][nonce]) revert IConsents.ConsentNonceUsed(signer, nonce);
        used[signer][nonce] = true;
        bytes32 hash = keccak256(abi.encode(TYPEHASH, object, act, details, nonce, consent.deadline, coverVersion));
        requireSigned(signer, domainSeparator, hash, consent.signature);
    }

    /// @dev Reverts unless `signer` signed the struct of that hash under that domain.
    function requireSigned(
        address signer,
        bytes32 domainSeparator,
        bytes32 structHash,
        bytes calldata signature
    ) internal view {
        bytes32 digest = MessageHashUtils.toTypedDataHash(domainSeparator, structHash);
        bool valid = SignatureChecker.isValidSignatureNowCalldata(signer, digest, signature);
        if (!valid) revert IConsents.ConsentInvalidSignature(signer);
    }
}
