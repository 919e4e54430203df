// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IConsents, LenderConsent} from "../libraries/Consents.sol";
import {IReceivableLog} from "./interfaces/IReceivableLog.sol";
import {ConsentActs} from "./libraries/ConsentActs.sol";
import {ReceivableEntryKinds} from "./libraries/ReceivableEntryKinds.sol";
import {LenderConsents} from "./LenderConsents.sol";
import {ReceivableLog} from "./ReceivableLog.sol";

/// @title ReceivablePaying
/// @notice The obligor says that it paid; the payee entitled makes it count, unless the obligor took it back before.
abstract contract ReceivablePaying is IReceivableLog, ReceivableLog, LenderConsents {
    /// @inheritdoc IReceivableLog
    function claimPayment(bytes32 id, bytes32 commitment) external {
        Receivable storage record = _confirmed(id);
        _requireActsFor(id, record.obligor);
        if (commitment == 0) revert ReceivableCommitmentMissing();
        (uint32 index, bytes32 head) = _append(id, record, ReceivableEntryKinds.PAYMENT_CLAIM, commitment, 0);
        _openEntries[id][index] = ReceivableEntryKinds.PAYMENT_CLAIM;
        emit PaymentClaimed(id, index, commitment, head);
    }

    /// @inheritdoc IReceivableLog
    function withdrawPayment(bytes32 id, uint32 index) external {
        Receivable storage record = _confirmed(id);
        _requireActsFor(id, record.obligor);
        _closeClaim(id, index);
        // What consents rest on stays: a claim counts for nothing until it is acknowledged.
        (, bytes32 head) = _append(id, record, ReceivableEntryKinds.PAYMENT_WITHDRAWAL, 0, index);
        emit PaymentWithdrawn(id, index, head);
    }

    /// @inheritdoc IReceivableLog
    function acknowledgePayment(bytes32 id, uint32 index, bool settles, LenderConsent[] calldata lenders) external {
        Receivable storage record = _confirmed(id);
        (, Encumbrance memory found) = _payee(id, record);
        _closeClaim(id, index);
        bytes32 details = keccak256(abi.encode(id, index));
        if (settles) _spendSettlementLenders(id, found, details, lenders);
        else if (lenders.length != 0) revert IConsents.ConsentUnexpected(lenders[0].object);
        uint8 kind = settles ? ReceivableEntryKinds.SETTLEMENT : ReceivableEntryKinds.PAYMENT_ACKNOWLEDGEMENT;
        (, bytes32 head) = _append(id, record, kind, 0, index);
        emit PaymentAcknowledged(id, index, settles, head, ++record.coverVersion);
        if (!settles) return;
        record.status = ReceivableStatus.SETTLED;
        emit ReceivableSettled(id);
    }

    /// @inheritdoc IReceivableLog
    function settle(bytes32 id, LenderConsent[] calldata lenders) external {
        Receivable storage record = _confirmed(id);
        (, Encumbrance memory found) = _payee(id, record);
        _spendSettlementLenders(id, found, keccak256(abi.encode(id, record.head)), lenders);
        record.status = ReceivableStatus.SETTLED;
        (uint32 index, bytes32 head) = _append(id, record, ReceivableEntryKinds.SETTLEMENT_DECLARATION, 0, 0);
        emit SettlementDeclared(id, index, head, ++record.coverVersion);
        emit ReceivableSettled(id);
    }

    /// @inheritdoc IReceivableLog
    function openEntryKind(bytes32 id, uint32 index) external view returns (uint8) {
        return _openEntries[id][index];
    }

    /// @dev A claim is answered once: acknowledged or withdrawn, whichever comes first.
    function _closeClaim(bytes32 id, uint32 index) private {
        bool claimed = _openEntries[id][index] == ReceivableEntryKinds.PAYMENT_CLAIM;
        if (!claimed) revert PaymentNotClaimed(id, index);
        delete _openEntries[id][index];
    }

    /// @dev Holder and obligor together settle nothing that a lender has a claim on (rule 3). A payee that is the lender settles
    /// alone.
    function _spendSettlementLenders(
        bytes32 id,
        Encumbrance memory found,
        bytes32 details,
        LenderConsent[] calldata lenders
    ) private {
        bool alone = found.state == EncumbranceState.NOTIFIED;
        if (!alone) _spendOwnAndOrderLenders(id, found, ConsentActs.SETTLE, details, lenders);
        else if (lenders.length != 0) revert IConsents.ConsentUnexpected(lenders[0].object);
    }
}
