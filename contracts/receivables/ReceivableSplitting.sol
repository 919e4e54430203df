// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LenderConsent, SignedConsent} from "../libraries/Consents.sol";
import {Roles} from "../members/libraries/Roles.sol";
import {Claims} from "./Claims.sol";
import {IReceivableSplits} from "./interfaces/IReceivableSplits.sol";
import {IReceivableToken} from "./interfaces/IReceivableToken.sol";
import {ConsentActs} from "./libraries/ConsentActs.sol";
import {ReceivableEntryKinds} from "./libraries/ReceivableEntryKinds.sol";
import {ReceivableMarks} from "./libraries/ReceivableMarks.sol";
import {ReceivableLog} from "./ReceivableLog.sol";

/// @title ReceivableSplitting
/// @notice One receivable becomes several, each with a holder of its own (rule 4).
abstract contract ReceivableSplitting is IReceivableSplits, ReceivableLog, Claims {
    bytes32 private constant PART = keccak256("PART");
    uint256 private constant MAX_PARTS = 32;

    /// @inheritdoc IReceivableSplits
    function split(
        bytes32 id,
        Part[] calldata parts,
        SignedConsent calldata holderConsent,
        SignedConsent calldata obligorConsent,
        SignedConsent[] calldata acceptances,
        LenderConsent[] calldata firstLenders
    ) external {
        Receivable storage record = _confirmed(id);
        _requireSplittable(id, record, obligorConsent.signer);
        bool countable = parts.length != 0 && parts.length <= MAX_PARTS;
        if (!countable) revert SplitInvalidPartCount(parts.length, MAX_PARTS);
        if (acceptances.length != parts.length) revert SplitAcceptanceCountMismatch(acceptances.length, parts.length);
        bytes32 partsHash = _accept(id, parts, acceptances);
        bytes32 details = keccak256(abi.encode(id, partsHash));
        _spend(record.holder, holderConsent, id, ConsentActs.SPLIT, details);
        _spend(obligorConsent.signer, obligorConsent, id, ConsentActs.SPLIT, details);
        _spendOrderLenders(_orders[id], ConsentActs.SPLIT, details, firstLenders, 0);
        record.status = ReceivableStatus.SPLIT;
        --_balances[record.holder];
        (, bytes32 head) = _append(id, record, ReceivableEntryKinds.SPLIT, partsHash, 0);
        emit IReceivableToken.Transfer(record.holder, address(0), uint256(id));
        emit ReceivableSplit(id, uint32(parts.length), head);
        for (uint32 i; i < parts.length; ++i) _create(id, record, i, parts[i]);
    }

    /// @inheritdoc IReceivableSplits
    function parentOf(bytes32 id) external view returns (bytes32) {
        return _parents[id];
    }

    function _requireSplittable(bytes32 id, Receivable storage record, address obligorAccount) private {
        _requireFree(id);
        if (record.openDisputes != 0) revert ReceivableDisputed(id, record.openDisputes);
        if (record.marks & ReceivableMarks.OVERDUE != 0) revert ReceivableIsOverdue(id);
        // Parts of a cancelled order could never be financed.
        orders.partiesInForce(_orders[id]);
        uint32 obligor = members.authorize(obligorAccount, Roles.CORE_ENTERPRISE, 0, 0);
        if (obligor != record.obligor) revert ReceivableUnauthorized(id, obligor);
        members.requireMayBegin(record.holder);
        // Whose one-time account holds a part, its supplier's or another's, nobody can say.
        if (_parents[id] == 0) members.requireActive(record.supplier, Roles.SUPPLIER);
    }

    /// @dev Spends the acceptance of each part's holder.
    /// @return partsHash Hash of all parts.
    function _accept(
        bytes32 id,
        Part[] calldata parts,
        SignedConsent[] calldata acceptances
    ) private returns (bytes32 partsHash) {
        bytes32[] memory hashes = new bytes32[](parts.length);
        for (uint32 i; i < parts.length; ++i) {
            Part calldata part = parts[i];
            if (part.holder == address(0)) revert ReceivableHolderMissing();
            if (part.commitment == 0) revert ReceivableCommitmentMissing();
            members.requireMayBegin(part.holder);
            hashes[i] = keccak256(abi.encode(_partId(id, i), part.holder, part.commitment));
            _spend(part.holder, acceptances[i], id, ConsentActs.ACCEPT, keccak256(abi.encode(id, hashes[i])));
        }
        return keccak256(abi.encodePacked(hashes));
    }

    function _create(bytes32 parent, Receivable storage whole, uint32 index, Part calldata part) private {
        bytes32 id = _partId(parent, index);
        Receivable storage record = _receivables[id];
        record.obligor = whole.obligor;
        record.supplier = whole.supplier;
        record.status = ReceivableStatus.CONFIRMED;
        record.scope = whole.scope;
        record.holder = part.holder;
        record.commitment = part.commitment;
        bytes32[] memory ids = _orders[parent];
        _orders[id] = ids;
        _parents[id] = parent;
        ++_balances[part.holder];
        (, bytes32 head) = _append(id, record, ReceivableEntryKinds.CONFIRMATION, part.commitment, 0);
        emit IReceivableToken.Transfer(address(0), part.holder, uint256(id));
        emit ReceivableIssued(id, whole.obligor, whole.supplier, part.holder, part.commitment, ids);
        emit PartConfirmed(id, parent, index, whole.scope, head);
    }

    function _partId(bytes32 parent, uint32 index) private view returns (bytes32) {
        return keccak256(abi.encode(domainSeparator(), PART, parent, index));
    }
}
