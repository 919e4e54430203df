// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LenderConsent, SignedConsent} from "../../libraries/Consents.sol";
import {IReceivableStates} from "./IReceivableStates.sol";

/// @title IReceivableLifeCycle
/// @notice A supplier's claim for what it invoiced: issued by the supplier, confirmed by the obligor, voided by both.
interface IReceivableLifeCycle is IReceivableStates {
    event ReceivableConfirmed(
        bytes32 indexed receivable,
        bytes32 confirmation,
        uint8 scope,
        bytes32[] fingerprints,
        uint16 instalment,
        uint16 instalments,
        bytes32 head
    );
    event ReceivableVoided(bytes32 indexed receivable, bytes32 successor);

    /// @notice The issuer has used this randomness before.
    error ReceivableAlreadyIssued(bytes32 receivable);
    /// @notice Born from 1 to `limit` orders, not `count`.
    error ReceivableInvalidOrderCount(uint256 count, uint256 limit);
    /// @notice `member` is not the supplier of the orders.
    error ReceivableNotSupplier(uint32 member, uint32 supplier);
    /// @notice There are no such bits of `ConfirmationScope`.
    error ReceivableUnknownScope(uint8 scope);
    /// @notice One fingerprint (or order tag) is owed for each of the `tagKeys` tag keys of `obligor`, at least one; `given`
    /// were given.
    error TagCountMismatch(uint32 obligor, uint256 given, uint32 tagKeys);
    /// @notice The invoice with that fingerprint, or that instalment of it, backs `receivable` already (rule 2).
    error FingerprintTaken(uint32 obligor, bytes32 fingerprint, bytes32 receivable);
    /// @notice Instalments are counted from 1 to `instalments`, `limit` at most; `instalment` is none of them.
    error InstalmentInvalid(uint16 instalment, uint16 instalments, uint16 limit);
    /// @notice The invoice with that fingerprint was confirmed as one of `instalments`, not of `given`.
    error InstalmentCountMismatch(uint32 obligor, bytes32 fingerprint, uint16 given, uint16 instalments);
    /// @notice `successor` cannot take the fingerprints of `receivable` over: that was encumbered once, is a
    /// part of a split, or is the same.
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

    /// @notice Undertakes irrevocably to pay. By an operator of the obligor. Raises the cover version of each of its orders:
    /// what is confirmed is no longer free to be advanced on the order.
    /// @param confirmation Commitment to the terms confirmed: amount, due date, scope.
    /// @param scope Bits of `ConfirmationScope`.
    /// @param instalment Which instalment of the invoice this is, from 1: each is confirmed once.
    /// @param instalments How many the invoice has, the same for all of them. Beware: that they are not more than the invoice
    /// itself says is for whoever sees the invoice to check.
    /// @param fingerprints The invoice's fingerprint under each of the obligor's tag keys, in the order of their numbers.
    /// One that a voided receivable took can be taken by the successor that it names, by no other.
    function confirm(
        bytes32 receivable,
        bytes32 confirmation,
        uint8 scope,
        uint16 instalment,
        uint16 instalments,
        bytes32[] calldata fingerprints
    ) external;

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

    /// @notice Receivable that bears a fingerprint under an obligor, zero for none. A voided one may name a successor. Of an
    /// invoice in instalments the first one confirmed, which need not be the first one due.
    function receivableOfFingerprint(uint32 obligor, bytes32 fingerprint) external view returns (bytes32 receivable);

    /// @notice Receivable that bears an instalment of an invoice that has several, zero for none.
    function receivableOfInstalment(
        uint32 obligor,
        bytes32 fingerprint,
        uint16 instalment
    ) external view returns (bytes32 receivable);

    /// @notice Receivable that may take the fingerprints of a voided one over, zero for none.
    function successorOf(bytes32 receivable) external view returns (bytes32 successor);
}
