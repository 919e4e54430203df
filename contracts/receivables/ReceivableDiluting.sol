// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IReceivableLog} from "./interfaces/IReceivableLog.sol";
import {ReceivableEntryKinds} from "./libraries/ReceivableEntryKinds.sol";
import {ReceivableLog} from "./ReceivableLog.sol";

/// @title ReceivableDiluting
/// @notice Credit notes and disputes: what lowers cover.
abstract contract ReceivableDiluting is IReceivableLog, ReceivableLog {
    /// @inheritdoc IReceivableLog
    function issueCreditNote(bytes32 id, bytes32 commitment) external {
        Receivable storage record = _confirmed(id);
        _requireActsFor(id, record.supplier);
        if (commitment == 0) revert ReceivableCommitmentMissing();
        (uint32 index, bytes32 head) = _append(id, record, ReceivableEntryKinds.CREDIT_NOTE, commitment, 0);
        emit CreditNoteIssued(id, index, commitment, head, ++record.coverVersion);
    }

    /// @inheritdoc IReceivableLog
    function openDispute(bytes32 id, bytes32 commitment) external {
        Receivable storage record = _confirmed(id);
        _requireActsFor(id, record.obligor);
        if (commitment == 0) revert ReceivableCommitmentMissing();
        (uint32 index, bytes32 head) = _append(id, record, ReceivableEntryKinds.DISPUTE, commitment, 0);
        _openEntries[id][index] = ReceivableEntryKinds.DISPUTE;
        ++record.openDisputes;
        emit DisputeOpened(id, index, commitment, head, ++record.coverVersion);
    }

    /// @inheritdoc IReceivableLog
    function resolveDispute(bytes32 id, uint32 index, bytes32 commitment) external {
        Receivable storage record = _known(id);
        _requireActsFor(id, record.obligor);
        bool open = _openEntries[id][index] == ReceivableEntryKinds.DISPUTE;
        if (!open) revert DisputeNotOpen(id, index);
        delete _openEntries[id][index];
        --record.openDisputes;
        (, bytes32 head) = _append(id, record, ReceivableEntryKinds.DISPUTE_RESOLUTION, commitment, index);
        emit DisputeResolved(id, index, commitment, head, record.coverVersion);
    }
}
