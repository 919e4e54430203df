// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title IFulfilment
/// @notice The append-only log of what became of an order.
/// @dev entry = `keccak256(abi.encode(order, index, kind, author, commitment, supersedes, recordedAt))` with `uint32`
/// index from 0, `uint8` kind, `uint32` author, `uint40` recordedAt; head' = `keccak256(abi.encode(head, entry))` from a
/// head of zero. So one storage proof of the head shows that no entry was left out.
///
/// Warning: only hashes are kept, so the contract cannot tell whether what `supersedes` names is in the log. A reader
/// counts a supersession only of an earlier entry of the same log, author and kind.
interface IFulfilment {
    /// @notice What one member may add to the log of one order; one storage slot.
    /// @param kindsByBuyer Bit mask of the kinds that the buyer appointed it for, bit k for kind k.
    /// @param kindsBySupplier The supplier's. Neither side takes away what the other gave.
    /// @param untilByBuyer Last second at which the buyer's appointment is good.
    /// @param untilBySupplier The supplier's.
    /// @param entries How many it has added.
    struct Participant {
        uint16 kindsByBuyer;
        uint16 kindsBySupplier;
        uint40 untilByBuyer;
        uint40 untilBySupplier;
        uint16 entries;
    }

    /// @notice An entry to be recorded; see `record`.
    struct Milestone {
        bytes32 order;
        uint8 kind;
        bytes32 commitment;
        bytes32 supersedes;
    }

    event ParticipantAppointed(bytes32 indexed order, uint32 indexed member, uint32 by, uint16 kinds, uint40 until);
    event MilestoneRecorded(
        bytes32 indexed order,
        uint32 indexed author,
        uint8 kind,
        uint32 index,
        bytes32 commitment,
        bytes32 supersedes,
        uint40 recordedAt,
        bytes32 entry,
        bytes32 head,
        uint32 coverVersion
    );

    /// @notice There is no milestone of kind `kind`.
    error MilestoneUnknownKind(uint8 kind);
    /// @notice `member` may not add entries of kind `kind` to the log of `order`.
    error MilestoneUnauthorized(bytes32 order, uint32 member, uint8 kind);
    /// @notice The log of a completed order takes inspections, returns and corrected receipts only.
    error MilestoneLogClosed(bytes32 order, uint8 kind);
    /// @notice `member` has added the `limit` entries that one author may add to one order; more belongs in batches.
    error MilestoneLimitReached(bytes32 order, uint32 member, uint16 limit);
    /// @notice `kinds` names kinds that do not exist, or receipts, which only the buyer reports (rule 3).
    error ParticipantInvalidKinds(uint16 kinds);
    /// @notice Buyer and supplier need no appointment.
    error ParticipantIsParty(bytes32 order, uint32 member);

    /// @notice Says what a third member may record on an order, in place of what the same side said before. By an operator
    /// of buyer or supplier; the appointed must be active.
    /// @param kinds Bit mask, bit k for kind k of `MilestoneKinds`; 0 ends the appointment.
    /// @param until Last second of the appointment.
    function appoint(bytes32 order, uint32 member, uint16 kinds, uint40 until) external;

    /// @notice Appends a milestone. By an operator of the buyer (any kind), the supplier (any but a receipt) or a member
    /// appointed for it, suspended ones included (rule 10: what runs is finished, receipts are corrected).
    /// @param kind One of `MilestoneKinds`.
    /// @param commitment Root of the fields of the milestone's document.
    /// @param supersedes Hash of the own entry that this one corrects, zero for none.
    function record(bytes32 order, uint8 kind, bytes32 commitment, bytes32 supersedes) external;

    /// @notice Appends many, all or none.
    function recordMany(Milestone[] calldata milestones) external;

    /// @notice Head of the log of an order, zero while it is empty.
    function headOf(bytes32 order) external view returns (bytes32 head);

    /// @notice Appointment and count of a member on an order.
    function participant(bytes32 order, uint32 member) external view returns (Participant memory);
}
