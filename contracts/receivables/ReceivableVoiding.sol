// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LenderConsent, SignedConsent} from "../libraries/Consents.sol";
import {IReceivableLifeCycle} from "./interfaces/IReceivableLifeCycle.sol";
import {IReceivableToken} from "./interfaces/IReceivableToken.sol";
import {Claims} from "./Claims.sol";
import {ConsentActs} from "./libraries/ConsentActs.sol";

/// @title ReceivableVoiding
/// @notice Holder and obligor undo a receivable that no lender relies on.
abstract contract ReceivableVoiding is IReceivableLifeCycle, Claims {
    /// @inheritdoc IReceivableLifeCycle
    function voidReceivable(
        bytes32 id,
        bytes32 successor,
        SignedConsent calldata holderConsent,
        LenderConsent[] calldata firstLenders
    ) external {
        Receivable storage record = _known(id);
        _requireActsFor(id, record.obligor);
        ReceivableStatus from = record.status;
        bool open = from == ReceivableStatus.ISSUED || from == ReceivableStatus.CONFIRMED;
        if (!open) revert ReceivableInvalidTransition(id, from, ReceivableStatus.VOID);
        _requireFree(id);
        if (successor != 0) _requireSuccessor(id, record, successor);
        address holder = record.holder;
        bytes32 details = keccak256(abi.encode(id, successor));
        _spend(holder, holderConsent, id, ConsentActs.VOID, details);
        _spendOrderLenders(_orders[id], ConsentActs.VOID, details, firstLenders, 0);
        record.status = ReceivableStatus.VOID;
        _successors[id] = successor;
        --_balances[holder];
        emit IReceivableToken.Transfer(holder, address(0), uint256(id));
        emit ReceivableVoided(id, successor);
    }

    /// @inheritdoc IReceivableLifeCycle
    function successorOf(bytes32 id) external view returns (bytes32) {
        return _successors[id];
    }

    /// @dev A successor is not issued yet, or not confirmed yet; never the same, never one voided before. A part of a split has
    /// no fingerprints to leave.
    function _requireSuccessor(bytes32 id, Receivable storage record, bytes32 successor) private view {
        ReceivableStatus status = _receivables[successor].status;
        bool fit = status == ReceivableStatus.NONE || status == ReceivableStatus.ISSUED;
        bool refused = record.everEncumbered || _parents[id] != 0 || successor == id || !fit;
        if (refused) revert ReceivableSuccessorRefused(id, successor);
    }
}
