// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Claims} from "./Claims.sol";
import {IReceivableDefaults} from "./interfaces/IReceivableDefaults.sol";

/// @title LenderOverruling
/// @notice A lender that was paid and says nothing is overruled by its peers.
abstract contract LenderOverruling is IReceivableDefaults, Claims {
    uint40 private constant SILENCE = 10 days;

    /// @inheritdoc IReceivableDefaults
    function demandRelease(bytes32 id, bytes32 commitment) external {
        Receivable storage record = _settledAndLent(id);
        _requireHolderOrParty(id, record);
        if (commitment == 0) revert ReceivableCommitmentMissing();
        if (_overrulableFrom[id] != 0) revert ReleaseAlreadyDemanded(id);
        uint40 from = uint40(block.timestamp) + SILENCE;
        _overrulableFrom[id] = from;
        emit ReleaseDemanded(id, commitment, from);
    }

    /// @inheritdoc IReceivableDefaults
    function overrule(bytes32 id) external {
        if (msg.sender != address(members)) revert OverruleUnauthorized(msg.sender);
        requireOverrulable(id);
        _clear(id);
        emit LenderOverruled(id);
    }

    /// @inheritdoc IReceivableDefaults
    function overrulableFrom(bytes32 id) external view returns (uint40) {
        return _overrulableFrom[id];
    }

    /// @inheritdoc IReceivableDefaults
    function requireOverrulable(bytes32 id) public view {
        _settledAndLent(id);
        uint40 from = _overrulableFrom[id];
        bool silent = from != 0 && block.timestamp > from;
        if (!silent) revert LenderNotSilent(id, from, block.timestamp);
    }

    /// @dev Whose order the claim holds up may ask too: a holder that was paid has no reason left to.
    function _requireHolderOrParty(bytes32 id, Receivable storage record) private view {
        if (msg.sender == record.holder) return;
        uint32 member = members.memberOfSigner(msg.sender);
        bool party = member == record.obligor || member == record.supplier;
        if (!party) revert ReceivableUnauthorized(id, member);
    }

    function _settledAndLent(bytes32 id) private view returns (Receivable storage record) {
        record = _known(id);
        if (record.status != ReceivableStatus.SETTLED) revert ReceivableNotSettled(id, record.status);
        EncumbranceState state = _live(id).state;
        if (!_disbursed(state)) revert EncumbranceInvalidTransition(id, state, EncumbranceState.NONE);
    }
}
