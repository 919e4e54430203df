// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LenderConsent, SignedConsent} from "../../libraries/Consents.sol";

/// @title IReceivableLifeCycle
/// @notice A supplier's claim for what it invoiced: issued by the supplier, confirmed by the obligor, voided by both.
interface IReceivableLifeCycle {
    /// @notice ISSUED and CONFIRMED go on, the others are terminal (rule 6).
    enum ReceivableStatus {
        NONE,
        ISSUED,
        CONFIRMED,
        SETTLED,
        SPLIT,
        WRITTEN_OFF,
        VOID
    }

    /// @notice All that the chain keeps of a receivable besides the orders that it was born from; four storage slots.
    /// @param obligor Member that owes it, buyer of its orders.
    /// @param supplier Member that issued it.
    /// @param scope What the confirmation says, bits of `ConfirmationScope`.
    /// @param everEncumbered Whether it was ever reserved: then its fingerprints are never freed.
    /// @param openDisputes Disputes that await their resolution.
    /// @param coverVersion Its own count of acts that can lower cover; consents name `coverVersionOf`.
    /// @param entries Entries in its log.
    /// @param holder One-time account of who holds the claim.
    /// @param commitment Root of the invoice's fields.
    /// @param head Head of its log.
    struct Receivable {
        uint32 obligor;
        uint32 supplier;
        ReceivableStatus status;
        uint8 scope;
        bool everEncumbered;
        uint32 openDisputes;
        uint32 coverVersion;
        uint32 entries;
        address holder;
        bytes32 commitment;
        bytes32 head;
    }

    event ReceivableIssued(
        bytes32 indexed receivable,
        uint32 indexed obligor,
        uint32 indexed supplier,
        address holder,
        bytes32 commitment,
        bytes32[] orders
    );
    event ReceivableConfirmed(
        bytes32 indexed receivable,
        bytes32 confirmation,
        uint8 scope,
        bytes32[] fingerprints,
        bytes32 head
    );
    event ReceivableVoided(bytes32 indexed receivable, bytes32 successor);

    /// @notice No receivable has the id `receivable`.
    error ReceivableUnknown(bytes32 receivable);
    /// @notice The issuer has used this randomness before.
    error ReceivableAlreadyIssued(bytes32 receivable);
    /// @notice A commitment of zero commits to nothing.
    error ReceivableCommitmentMissing();
    /// @notice A receivable is held by somebody.
    error ReceivableHolderMissing();
    /// @notice Born from 1 to `limit` orders, not `count`.
    error ReceivableInvalidOrderCount(uint256 count, uint256 limit);
    /// @notice `member` is not the supplier of the orders.
    error ReceivableNotSupplier(uint32 member, uint32 supplier);
    /// @notice `member` is not the party of `receivable` that this is for.
    error ReceivableUnauthorized(bytes32 receivable, uint32 member);
    /// @notice A receivable that is `from` does not become `to`.
    error ReceivableInvalidTransition(bytes32 receivable, ReceivableStatus from, ReceivableStatus to);
    /// @notice What was asked is done to a confirmed receivable only; this one is `status`.
    error ReceivableNotConfirmed(bytes32 receivable, ReceivableStatus status);
    /// @notice There are no such bits of `ConfirmationScope`.
    error ReceivableUnknownScope(uint8 scope);
    /// @notice One fingerprint (or order tag) is owed for each of the `tagKeys` tag keys of `obligor`, at least one; `given`
    /// were given.
    error TagCountMismatch(uint32 obligor, uint256 given, uint32 tagKeys);
    /// @notice The invoice with that fingerprint backs `receivable` already (rule 2).
    error FingerprintTaken(uint32 obligor, bytes32 fingerprint, bytes32 receivable);
    /// @notice `successor` cannot take the fingerprints of `receivable` over: that was encumbered once, or is the same.
    error ReceivableSuccessorRefused(bytes32 receivable, bytes32 successor);

    /// @notice Issues a receivable born from orders of one buyer and supplier. By an operator of the supplier.
    /// @param orders Ids of 1 to 64 accepted or completed orders, strictly ascending.
    /// @param commitment Root of the invoice's fields.
    /// @param holder One-time account of the supplier for this receivable.
    /// @param random 32 random bytes.
    /// @return receivable `keccak256(abi.encode(domainSeparator, keccak256("RECEIVABLE"), sender, random))`.
    function issue(
        bytes32[] calldata orders,
        bytes32 commitment,
        address holder,
        bytes32 random
    ) external returns (bytes32 receivable);

    /// @notice Undertakes irrevocably to pay. By an operator of the obligor.
    /// @param confirmation Commitment to the terms confirmed: amount, due date, scope.
    /// @param scope Bits of `ConfirmationScope`.
    /// @param fingerprints The invoice's fingerprint under each of the obligor's tag keys, in the order of their numbers.
    /// One that a voided receivable took can be taken by the successor that it names, by no other.
    function confirm(bytes32 receivable, bytes32 confirmation, uint8 scope, bytes32[] calldata fingerprints) external;

    /// @notice Voids a receivable that nobody has encumbered. By an operator of the obligor, with the consents of
    /// the holder and of each lender whose encumbrance on one of its orders reaches it.
    /// @dev Consents: act `VOID`, details `keccak256(abi.encode(receivable, successor))`.
    /// @param successor The one receivable that may take its fingerprints over, zero for none.
    /// @param holderConsent Of the holder, object `receivable`.
    /// @param firstLenders One for each encumbered order, object the order, in the orders' order.
    function voidReceivable(
        bytes32 receivable,
        bytes32 successor,
        SignedConsent calldata holderConsent,
        LenderConsent[] calldata firstLenders
    ) external;

    /// @notice Receivable of that id, all zero for an unknown one.
    function receivable(bytes32 id) external view returns (Receivable memory);

    /// @notice Orders that it was born from.
    function ordersOf(bytes32 receivable) external view returns (bytes32[] memory);

    /// @notice Receivable that bears a fingerprint under an obligor, zero for none. A voided one may name a successor.
    function receivableOfFingerprint(uint32 obligor, bytes32 fingerprint) external view returns (bytes32 receivable);

    /// @notice Receivable that may take the fingerprints of a voided one over, zero for none.
    function successorOf(bytes32 receivable) external view returns (bytes32 successor);
}
