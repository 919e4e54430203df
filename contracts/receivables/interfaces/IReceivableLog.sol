// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LenderConsent} from "../../libraries/Consents.sol";
import {IReceivableStates} from "./IReceivableStates.sol";

/// @title IReceivableLog
/// @notice What is said of a confirmed receivable: payments, credit notes, disputes.
/// @dev Kept as an append-only log like an order's: entry =
/// `keccak256(abi.encode(receivable, index, kind, commitment, about, recordedAt))` with `uint32` index from 0, `uint8` kind of
/// `ReceivableEntryKinds`, `uint32` about (index of the entry that it answers, else 0), `uint40` recordedAt; head' =
/// `keccak256(abi.encode(head, entry))` from a head of zero. The confirmation is entry 0. `index` in events is the
/// entry's place in this log. None of it asks for an active member: who owes must be able to finish (rule 10).
interface IReceivableLog is IReceivableStates {
    event PaymentClaimed(bytes32 indexed receivable, uint32 index, bytes32 commitment, bytes32 head);
    /// @dev `index` is that of the claim.
    event PaymentWithdrawn(bytes32 indexed receivable, uint32 index, bytes32 head);
    /// @dev `index` is that of the claim.
    event PaymentAcknowledged(
        bytes32 indexed receivable,
        uint32 index,
        bool settles,
        bytes32 head,
        uint32 coverVersion
    );
    /// @notice The payee says that nothing is owed any more; no claim is acknowledged by it.
    event SettlementDeclared(bytes32 indexed receivable, uint32 index, bytes32 head, uint32 coverVersion);
    event ReceivableSettled(bytes32 indexed receivable);
    event CreditNoteIssued(
        bytes32 indexed receivable,
        uint32 index,
        bytes32 commitment,
        bytes32 head,
        uint32 coverVersion
    );
    event DisputeOpened(
        bytes32 indexed receivable,
        uint32 index,
        bytes32 commitment,
        bytes32 head,
        uint32 coverVersion
    );
    /// @dev `index` is that of the dispute.
    event DisputeResolved(
        bytes32 indexed receivable,
        uint32 index,
        bytes32 commitment,
        bytes32 head,
        uint32 coverVersion
    );

    /// @notice Entry `index` of `receivable` is not a payment claim that awaits its acknowledgement.
    error PaymentNotClaimed(bytes32 receivable, uint32 index);
    /// @notice `account` is not the payee of `receivable` now: that is `payee`.
    error PaymentNotPayee(bytes32 receivable, address account, address payee);
    /// @notice Entry `index` of `receivable` is not an open dispute.
    error DisputeNotOpen(bytes32 receivable, uint32 index);

    /// @notice Says that it was paid, which counts for nothing until the payee agrees. By an operator of the obligor.
    /// @param commitment Root of the payment's fields.
    function claimPayment(bytes32 receivable, bytes32 commitment) external;

    /// @notice Takes back a claim that was not acknowledged: it was a mistake, or the money came back. By an operator of the
    /// obligor. Claim and withdrawal stay in the log and count for nothing, so cover versions stay.
    /// @param index Of the claim.
    function withdrawPayment(bytes32 receivable, uint32 index) external;

    /// @notice Makes a claimed payment count. By the payee entitled now: the lender once notice is acknowledged, else the
    /// holder.
    /// @dev Lenders' consents, only where the holder settles: object theirs, act `SETTLE`, details
    /// `keccak256(abi.encode(receivable, index))`.
    /// @param index Of the claim.
    /// @param settles Whether the confirmed amount is reached; the receivable is SETTLED then.
    /// @param lenders Where the holder settles: of the lender of the receivable if it is encumbered, then one for each
    /// encumbered order in the orders' order, since no lender's claim is settled without it (rule 3). Else none.
    function acknowledgePayment(
        bytes32 receivable,
        uint32 index,
        bool settles,
        LenderConsent[] calldata lenders
    ) external;

    /// @notice Says that nothing is owed any more, whatever it was paid or lowered by: for what was paid in full and stayed
    /// CONFIRMED, since of two last acknowledgements neither knew of the other, or a lender had not consented yet. By the payee
    /// entitled now. Claims that await their acknowledgement are no obstacle and count for nothing any more.
    /// @dev Lenders' consents, only where the holder settles: object theirs, act `SETTLE`, details
    /// `keccak256(abi.encode(receivable, head))`, head that of the log now: after any further entry they are asked again.
    /// @param lenders As for `acknowledgePayment`.
    function settle(bytes32 receivable, LenderConsent[] calldata lenders) external;

    /// @notice Lowers what is claimed. By an operator of the supplier. Cover falls at once, the debt by the confirmation's
    /// terms.
    /// @param commitment Root of the credit note's fields.
    function issueCreditNote(bytes32 receivable, bytes32 commitment) external;

    /// @notice Disputes a receivable. By an operator of the obligor.
    function openDispute(bytes32 receivable, bytes32 commitment) external;

    /// @notice Closes a dispute, of a settled receivable too. By an operator of the obligor.
    /// @param index Of the dispute.
    function resolveDispute(bytes32 receivable, uint32 index, bytes32 commitment) external;

    /// @notice Kind of the entry if it still awaits its answer (a claim, a dispute), else 0.
    function openEntryKind(bytes32 receivable, uint32 index) external view returns (uint8 kind);
}
