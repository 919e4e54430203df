// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LenderConsent} from "../libraries/Consents.sol";
import {IOrderChanges} from "./interfaces/IOrderChanges.sol";
import {OrderProposals} from "./libraries/OrderProposals.sol";
import {OrderParties} from "./OrderParties.sol";

/// @title OrderChanges
/// @notice New versions of an accepted order.
abstract contract OrderChanges is OrderParties {
    /// @inheritdoc IOrderChanges
    function proposeChange(bytes32 id, bytes32 commitment) external {
        Order storage record = _known(id);
        (uint32 member, uint8 side) = _partyToBegin(id, record);
        if (record.status != OrderStatus.ACCEPTED) revert OrderInvalidStatus(id, record.status);
        if (commitment == 0) revert OrderCommitmentMissing();
        uint32 version = record.version + 1;
        if (record.proposals & OrderProposals.CHANGE != 0) revert OrderChangePending(id, version);
        record.proposals |= OrderProposals.CHANGE & side;
        _pendingCommitments[id] = commitment;
        emit OrderChangeProposed(id, version, commitment, member);
    }

    /// @inheritdoc IOrderChanges
    function acceptChange(bytes32 id, uint32 version, bytes32 commitment, LenderConsent[] calldata consents) external {
        Order storage record = _known(id);
        (uint32 member, uint8 side) = _partyToBegin(id, record);
        uint32 next = _pendingVersion(id, record);
        if (record.proposals & OrderProposals.CHANGE & side != 0) revert OrderAlreadyProposed(id, member);
        bytes32 pending = _pendingCommitments[id];
        if (version != next || commitment != pending) revert OrderChangeMismatch(id, next, pending);
        // Its call back may clear lapsed reservations in `record`, so nothing read before is used after.
        receivables.takeChangeConsents(id, version, commitment, consents);
        _clearProposals(id, record);
        record.version = version;
        _commitments[id] = commitment;
        emit OrderChanged(id, version, commitment, ++record.coverVersion);
    }

    /// @inheritdoc IOrderChanges
    function declineChange(bytes32 id) external {
        Order storage record = _known(id);
        (uint32 member, ) = _party(id, record);
        uint32 version = _pendingVersion(id, record);
        record.proposals &= ~OrderProposals.CHANGE;
        delete _pendingCommitments[id];
        emit OrderChangeDeclined(id, version, member);
    }

    /// @dev Only an accepted order has a pending change: each end clears it.
    function _pendingVersion(bytes32 id, Order storage record) private view returns (uint32) {
        if (record.proposals & OrderProposals.CHANGE == 0) revert OrderChangeMissing(id);
        return record.version + 1;
    }
}
