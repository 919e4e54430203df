// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LenderConsent} from "../libraries/Consents.sol";
import {IReceivableLog} from "./interfaces/IReceivableLog.sol";
import {ConsentActs} from "./libraries/ConsentActs.sol";
import {ReceivableEntryKinds} from "./libraries/ReceivableEntryKinds.sol";
import {LenderConsents} from "./LenderConsents.sol";
import {ReceivableLog} from "./ReceivableLog.sol";

/// @title ReceivablePaying
/// @notice The obligor says that it paid; the payee entitled makes it count.
abstract contract ReceivablePaying is ReceivableLog, LenderConsents {
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
    function acknowledgePayment(bytes32 id, uint32 index, bool settles, LenderConsent[] calldata lenders) external {
        Receivable storage record = _confirmed(id);
        Encumbrance memory found = _live(id);
        bool redirected = found.state == EncumbranceState.NOTIFIED;
        address payee = redirected ? found.lender : record.holder;
        if (msg.sender != payee) revert PaymentNotPayee(id, msg.sender, payee);
        bool claimed = _openEntries[id][index] == ReceivableEntryKinds.PAYMENT_CLAIM;
        if (!claimed) revert PaymentNotClaimed(id, index);
        if (settles && !redirected) _spendSettlementLenders(id, index, found, lenders);
        else if (lenders.length != 0) revert ConsentUnexpected(lenders[0].object);
        delete _openEntries[id][index];
        uint8 kind = settles ? ReceivableEntryKinds.SETTLEMENT : ReceivableEntryKinds.PAYMENT_ACKNOWLEDGEMENT;
        (, bytes32 head) = _append(id, record, kind, 0, index);
        emit PaymentAcknowledged(id, index, settles, head, ++record.coverVersion);
        if (!settles) return;
        record.status = ReceivableStatus.SETTLED;
        emit ReceivableSettled(id);
    }

    /// @dev Holder and obligor together settle nothing that a lender has a claim on (rule 3).
    function _spendSettlementLenders(
        bytes32 id,
        uint32 index,
        Encumbrance memory found,
        LenderConsent[] calldata lenders
    ) private {
        bytes32 details = keccak256(abi.encode(id, index));
        uint256 next;
        if (found.state != EncumbranceState.NONE) {
            bool named = lenders.length != 0 && lenders[0].object == id;
            if (!named) revert ReceivableAlreadyEncumbered(id, found.state);
            _spend(found.lender, lenders[next++].consent, id, ConsentActs.SETTLE, details);
        }
        _spendOrderLenders(_orders[id], ConsentActs.SETTLE, details, lenders, next);
    }
}
