// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IFulfilment} from "./interfaces/IFulfilment.sol";
import {MilestoneKinds} from "./libraries/MilestoneKinds.sol";
import {OrderProposals} from "./libraries/OrderProposals.sol";
import {OrderParties} from "./OrderParties.sol";

/// @title Fulfilment
/// @notice The log of an order's milestones and who may add to it.
abstract contract Fulfilment is OrderParties {
    uint16 private constant ENTRIES_AN_AUTHOR = 500;

    /// @inheritdoc IFulfilment
    function appoint(bytes32 id, uint32 member, uint16 kinds, uint40 until) external {
        Order storage order_ = _known(id);
        (uint32 by, uint8 side) = _party(id, order_);
        members.requireActive(by, 0);
        members.requireActive(member, 0);
        _requireOpen(id, order_);
        if (member == order_.buyer || member == order_.supplier) revert ParticipantIsParty(id, member);
        if (kinds & ~MilestoneKinds.APPOINTABLE != 0) revert ParticipantInvalidKinds(kinds);
        Participant storage appointed = _participants[id][member];
        if (side == OrderProposals.BY_BUYER) (appointed.kindsByBuyer, appointed.untilByBuyer) = (kinds, until);
        else (appointed.kindsBySupplier, appointed.untilBySupplier) = (kinds, until);
        emit ParticipantAppointed(id, member, by, kinds, until);
    }

    /// @inheritdoc IFulfilment
    function record(bytes32 id, uint8 kind, bytes32 commitment, bytes32 supersedes) external {
        _record(id, members.memberOfSigner(msg.sender), kind, commitment, supersedes);
    }

    /// @inheritdoc IFulfilment
    function recordMany(Milestone[] calldata milestones) external {
        uint32 author = members.memberOfSigner(msg.sender);
        for (uint256 i; i < milestones.length; ++i) {
            Milestone calldata one = milestones[i];
            _record(one.order, author, one.kind, one.commitment, one.supersedes);
        }
    }

    /// @inheritdoc IFulfilment
    function headOf(bytes32 id) external view returns (bytes32) {
        return _heads[id];
    }

    /// @inheritdoc IFulfilment
    function participant(bytes32 id, uint32 member) external view returns (Participant memory) {
        return _participants[id][member];
    }

    function _record(bytes32 id, uint32 author, uint8 kind, bytes32 commitment, bytes32 supersedes) private {
        Order storage order_ = _known(id);
        Participant storage by = _participants[id][author];
        if (kind == 0 || kind > MilestoneKinds.RETURNED) revert MilestoneUnknownKind(kind);
        if (!_mayRecord(order_, by, author, kind)) revert MilestoneUnauthorized(id, author, kind);
        _requireLogTakes(id, order_, kind, supersedes);
        if (commitment == 0) revert OrderCommitmentMissing();
        if (by.entries == ENTRIES_AN_AUTHOR) revert MilestoneLimitReached(id, author, ENTRIES_AN_AUTHOR);
        ++by.entries;
        uint32 index = order_.entries++;
        if (kind >= MilestoneKinds.RECEIVED) ++order_.coverVersion;
        uint40 recordedAt = uint40(block.timestamp);
        bytes32 entry = keccak256(abi.encode(id, index, kind, author, commitment, supersedes, recordedAt));
        bytes32 head = keccak256(abi.encode(_heads[id], entry));
        _heads[id] = head;
        uint32 cover = order_.coverVersion;
        emit MilestoneRecorded(id, author, kind, index, commitment, supersedes, recordedAt, entry, head, cover);
    }

    function _mayRecord(
        Order storage order_,
        Participant storage by,
        uint32 author,
        uint8 kind
    ) private view returns (bool) {
        if (author == order_.buyer) return true;
        if (author == order_.supplier) return kind != MilestoneKinds.RECEIVED;
        uint256 bit = 1 << kind;
        if (by.kindsByBuyer & bit != 0 && block.timestamp <= by.untilByBuyer) return true;
        return by.kindsBySupplier & bit != 0 && block.timestamp <= by.untilBySupplier;
    }

    function _requireLogTakes(bytes32 id, Order storage order_, uint8 kind, bytes32 supersedes) private view {
        _requireOpen(id, order_);
        if (order_.status == OrderStatus.ACCEPTED) return;
        bool takes = kind > MilestoneKinds.RECEIVED || (kind == MilestoneKinds.RECEIVED && supersedes != 0);
        if (!takes) revert MilestoneLogClosed(id, kind);
    }

    function _requireOpen(bytes32 id, Order storage order_) private view {
        _requireNoFramework(id, order_);
        bool open = order_.status == OrderStatus.ACCEPTED || order_.status == OrderStatus.COMPLETED;
        if (!open) revert OrderInvalidStatus(id, order_.status);
    }
}
