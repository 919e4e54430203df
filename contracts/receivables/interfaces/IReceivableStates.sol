// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title IReceivableStates
/// @notice What a receivable is and can be; what every act on one may be refused with.
interface IReceivableStates {
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

    /// @notice All that the chain keeps of a receivable besides its lineage; four storage slots.
    /// @param obligor Member that owes it, buyer of its orders.
    /// @param supplier Member that issued it, or what it was split from.
    /// @param scope What the confirmation says, bits of `ConfirmationScope`.
    /// @param everEncumbered Whether it was ever reserved: then its fingerprints are never freed.
    /// @param openDisputes Disputes that await their resolution.
    /// @param coverVersion Its own count of acts that can lower cover; consents name `coverVersionOf`.
    /// @param entries Entries in its log.
    /// @param marks Bits of `ReceivableMarks`.
    /// @param instalment Which of the invoice's instalments it is, from 1; 0 before its confirmation and for a part of a split.
    /// @param instalments How many instalments the invoice has, as its obligor confirmed.
    /// @param holder One-time account of who holds the claim.
    /// @param commitment Root of the invoice's fields, of a part that of the part's own.
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
        uint8 marks;
        uint16 instalment;
        uint16 instalments;
        address holder;
        bytes32 commitment;
        bytes32 head;
    }

    /// @notice A receivable exists from now on: issued by its supplier, or a part of a split.
    event ReceivableIssued(
        bytes32 indexed receivable,
        uint32 indexed obligor,
        uint32 indexed supplier,
        address holder,
        bytes32 commitment,
        bytes32[] orders
    );

    /// @notice No receivable has the id `receivable`.
    error ReceivableUnknown(bytes32 receivable);
    /// @notice A commitment of zero commits to nothing.
    error ReceivableCommitmentMissing();
    /// @notice A receivable is held by somebody.
    error ReceivableHolderMissing();
    /// @notice `member` is not the party of `receivable` that this is for.
    error ReceivableUnauthorized(bytes32 receivable, uint32 member);
    /// @notice A receivable that is `from` does not become `to`.
    error ReceivableInvalidTransition(bytes32 receivable, ReceivableStatus from, ReceivableStatus to);
    /// @notice What was asked is done to a confirmed receivable only; this one is `status`.
    error ReceivableNotConfirmed(bytes32 receivable, ReceivableStatus status);
    /// @notice The obligor disputes `receivable`.
    error ReceivableDisputed(bytes32 receivable, uint32 openDisputes);
}
