// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Roles} from "../members/libraries/Roles.sol";
import {IReceivableLifeCycle} from "./interfaces/IReceivableLifeCycle.sol";
import {ConfirmationScope} from "./libraries/ConfirmationScope.sol";
import {ReceivableEntryKinds} from "./libraries/ReceivableEntryKinds.sol";
import {ReceivableLog} from "./ReceivableLog.sol";

/// @title ReceivableConfirming
/// @notice The obligor undertakes to pay, and takes the invoice's fingerprints (rule 2).
abstract contract ReceivableConfirming is IReceivableLifeCycle, ReceivableLog {
    uint16 private constant MAX_INSTALMENTS = 1_000;

    /// @inheritdoc IReceivableLifeCycle
    function confirm(
        bytes32 id,
        bytes32 confirmation,
        uint8 scope,
        uint16 instalment,
        uint16 instalments,
        bytes32[] calldata fingerprints
    ) external {
        Receivable storage record = _known(id);
        uint32 obligor = members.authorize(msg.sender, Roles.CORE_ENTERPRISE, 0, 0);
        if (obligor != record.obligor) revert ReceivableUnauthorized(id, obligor);
        ReceivableStatus from = record.status;
        if (from != ReceivableStatus.ISSUED) revert ReceivableInvalidTransition(id, from, ReceivableStatus.CONFIRMED);
        if (confirmation == 0) revert ReceivableCommitmentMissing();
        if (scope & ~ConfirmationScope.ALL != 0) revert ReceivableUnknownScope(scope);
        bool counted = instalment != 0 && instalment <= instalments && instalments <= MAX_INSTALMENTS;
        if (!counted) revert InstalmentInvalid(instalment, instalments, MAX_INSTALMENTS);
        orders.partiesInForce(_orders[id]);
        orders.raiseCoverVersions(_orders[id]);
        record.status = ReceivableStatus.CONFIRMED;
        record.scope = scope;
        record.instalment = instalment;
        record.instalments = instalments;
        _takeFingerprints(id, obligor, record, fingerprints);
        (, bytes32 head) = _append(id, record, ReceivableEntryKinds.CONFIRMATION, confirmation, 0);
        emit ReceivableConfirmed(id, confirmation, scope, fingerprints, instalment, instalments, head);
    }

    /// @inheritdoc IReceivableLifeCycle
    function receivableOfFingerprint(uint32 obligor, bytes32 fingerprint) external view returns (bytes32) {
        return _fingerprints[obligor][fingerprint];
    }

    /// @inheritdoc IReceivableLifeCycle
    function receivableOfInstalment(
        uint32 obligor,
        bytes32 fingerprint,
        uint16 instalment
    ) external view returns (bytes32) {
        return _instalments[obligor][fingerprint][instalment];
    }

    function _takeFingerprints(
        bytes32 id,
        uint32 obligor,
        Receivable storage record,
        bytes32[] calldata fingerprints
    ) private {
        uint32 keys = members.tagKeys(obligor);
        bool each = keys != 0 && fingerprints.length == keys;
        if (!each) revert TagCountMismatch(obligor, fingerprints.length, keys);
        for (uint256 i; i < keys; ++i) {
            if (record.instalments == 1) _takeWhole(id, obligor, fingerprints[i]);
            else _takeInstalment(id, obligor, record, fingerprints[i]);
        }
    }

    function _takeWhole(bytes32 id, uint32 obligor, bytes32 fingerprint) private {
        bytes32 taken = _fingerprints[obligor][fingerprint];
        if (taken != 0) {
            _requireInstalments(obligor, fingerprint, 1, _receivables[taken].instalments);
            if (!_succeeds(id, taken)) revert FingerprintTaken(obligor, fingerprint, taken);
        }
        _fingerprints[obligor][fingerprint] = id;
    }

    function _takeInstalment(bytes32 id, uint32 obligor, Receivable storage record, bytes32 fingerprint) private {
        bytes32 first = _fingerprints[obligor][fingerprint];
        if (first == 0) _fingerprints[obligor][fingerprint] = id;
        else _requireInstalments(obligor, fingerprint, record.instalments, _receivables[first].instalments);
        bytes32 taken = _instalments[obligor][fingerprint][record.instalment];
        bool free = taken == 0 || _succeeds(id, taken);
        if (!free) revert FingerprintTaken(obligor, fingerprint, taken);
        _instalments[obligor][fingerprint][record.instalment] = id;
    }

    function _requireInstalments(uint32 obligor, bytes32 fingerprint, uint16 given, uint16 found) private pure {
        if (given != found) revert InstalmentCountMismatch(obligor, fingerprint, given, found);
    }

    /// @dev Whether `id` is the successor of `voided`, or of one that was to succeed it and was voided in turn. The walk ends:
    /// no void names a successor that is voided itself.
    function _succeeds(bytes32 id, bytes32 voided) private view returns (bool) {
        bytes32 successor = _successors[voided];
        while (successor != id && successor != 0) successor = _successors[successor];
        return successor == id;
    }
}
