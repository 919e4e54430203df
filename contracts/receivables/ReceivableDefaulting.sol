// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LenderConsent} from "../libraries/Consents.sol";
import {IOrderLifeCycle} from "../orders/interfaces/IOrderLifeCycle.sol";
import {Claims} from "./Claims.sol";
import {IReceivableDefaults} from "./interfaces/IReceivableDefaults.sol";
import {ConsentActs} from "./libraries/ConsentActs.sol";
import {EncumbranceKinds} from "./libraries/EncumbranceKinds.sol";
import {ReceivableEntryKinds} from "./libraries/ReceivableEntryKinds.sol";
import {ReceivableMarks} from "./libraries/ReceivableMarks.sol";
import {ReceivableLog} from "./ReceivableLog.sol";

/// @title ReceivableDefaulting
/// @notice Late, in default, written off; recourse, buy-back, and money that is said not to have come.
abstract contract ReceivableDefaulting is IReceivableDefaults, ReceivableLog, Claims {
    /// @inheritdoc IReceivableDefaults
    function markOverdue(bytes32 id, bytes32 commitment) external {
        Receivable storage record = _confirmed(id);
        _payee(id, record);
        (uint32 index, bytes32 head) = _mark(
            id,
            record,
            ReceivableMarks.OVERDUE,
            ReceivableEntryKinds.OVERDUE,
            commitment
        );
        emit ReceivableMarkedOverdue(id, index, commitment, head, ++record.coverVersion);
    }

    /// @inheritdoc IReceivableDefaults
    function markDefaulted(bytes32 id, bytes32 commitment) external {
        Receivable storage record = _confirmed(id);
        _payee(id, record);
        if (record.marks & ReceivableMarks.OVERDUE == 0) revert ReceivableNotOverdue(id);
        (uint32 index, bytes32 head) = _mark(
            id,
            record,
            ReceivableMarks.DEFAULTED,
            ReceivableEntryKinds.DEFAULT,
            commitment
        );
        emit ReceivableMarkedDefaulted(id, index, commitment, head, ++record.coverVersion);
    }

    /// @inheritdoc IReceivableDefaults
    function writeOff(bytes32 id, bytes32 commitment, LenderConsent[] calldata firstLenders) external {
        Receivable storage record = _confirmed(id);
        Encumbrance memory found = _ownLive(id);
        bool entitled = found.kind == EncumbranceKinds.ASSIGNMENT && _disbursed(found.state);
        if (!entitled) revert EncumbranceInvalidTransition(id, found.state, EncumbranceState.NONE);
        if (commitment == 0) revert ReceivableCommitmentMissing();
        bytes32 details = keccak256(abi.encode(id, commitment));
        _spendOrderLenders(_orders[id], ConsentActs.WRITE_OFF, details, firstLenders, 0);
        _clear(id);
        record.status = ReceivableStatus.WRITTEN_OFF;
        (uint32 index, bytes32 head) = _append(id, record, ReceivableEntryKinds.WRITE_OFF, commitment, 0);
        emit ReceivableWrittenOff(id, index, commitment, head);
    }

    /// @inheritdoc IReceivableDefaults
    function contestDisbursement(bytes32 object, bytes32 commitment) external {
        Encumbrance memory found = _lent(object);
        _requireHolder(object);
        if (commitment == 0) revert ReceivableCommitmentMissing();
        if (found.contested) revert DisbursementAlreadyContested(object);
        _encumbrances[object].contested = true;
        emit DisbursementContested(object, commitment);
    }

    /// @inheritdoc IReceivableDefaults
    function callRecourse(bytes32 object, bytes32 commitment) external {
        _ownLive(object);
        Encumbrance memory found = _lent(object);
        if (commitment == 0) revert ReceivableCommitmentMissing();
        if (found.recourseCalled) revert RecourseAlreadyCalled(object);
        _encumbrances[object].recourseCalled = true;
        emit RecourseCalled(object, commitment);
    }

    /// @inheritdoc IReceivableDefaults
    function acknowledgeRepurchase(bytes32 id, bytes32 commitment) external {
        Receivable storage record = _confirmed(id);
        _ownLive(id);
        _lent(id);
        if (commitment == 0) revert ReceivableCommitmentMissing();
        _clear(id);
        record.marks |= ReceivableMarks.REPURCHASED;
        emit ReceivableRepurchased(id, commitment);
    }

    function _mark(
        bytes32 id,
        Receivable storage record,
        uint8 mark,
        uint8 kind,
        bytes32 commitment
    ) private returns (uint32 index, bytes32 head) {
        if (commitment == 0) revert ReceivableCommitmentMissing();
        if (record.marks & mark != 0) revert ReceivableAlreadyMarked(id, record.marks);
        record.marks |= mark;
        return _append(id, record, kind, commitment, 0);
    }

    /// @dev The claim on an object if its lender's money is out.
    function _lent(bytes32 object) private view returns (Encumbrance memory found) {
        found = _live(object);
        if (!_disbursed(found.state)) revert EncumbranceInvalidTransition(object, found.state, found.state);
    }

    /// @dev Reverts unless the sender holds the receivable, or acts for the supplier of the order.
    function _requireHolder(bytes32 object) private view {
        bool holds =
            _isReceivable(object)
                ? _receivables[object].holder == msg.sender
                : members.memberOfSigner(msg.sender) == _order(object).supplier;
        if (!holds) revert EncumbranceUnauthorized(object, msg.sender);
    }
}
