// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IMemberGovernance} from "./interfaces/IMemberGovernance.sol";
import {Chambers} from "./libraries/Chambers.sol";
import {MemberStatus} from "./libraries/MemberStatus.sol";
import {ProposalKinds} from "./libraries/ProposalKinds.sol";
import {MemberDecisions} from "./MemberDecisions.sol";

/// @title MemberVotes
/// @notice Proposals from their making to their execution.
abstract contract MemberVotes is MemberDecisions {
    bytes32 private constant PROPOSAL = keccak256("PROPOSAL");
    uint8 private constant APPROVED = 1;
    uint8 private constant REJECTED = 2;

    /// @inheritdoc IMemberGovernance
    function propose(uint8 kind, bytes calldata payload, bytes32 reason, bytes32 random) external returns (bytes32 id) {
        uint32 proposer = _senderAsVoter();
        _check(kind, payload);
        id = keccak256(abi.encode(domainSeparator(), PROPOSAL, msg.sender, random));
        Proposal storage record = _proposals[id];
        if (record.kind != 0) revert ProposalExists(id);
        record.kind = kind;
        record.ordinal = _proposalCount++;
        record.votingEnds = uint40(block.timestamp) + _votingPeriod;
        record.sizes = _chamberSizes;
        record.payload = payload;
        emit ProposalCreated(id, proposer, kind, payload, reason, record.votingEnds, record.sizes);
    }

    /// @inheritdoc IMemberGovernance
    function vote(bytes32 id, bool approve) external {
        uint32 voter = _senderAsVoter();
        Proposal storage record = _proposals[id];
        Member storage elector = _members[voter];
        if (record.kind == 0) revert ProposalUnknown(id);
        if (block.timestamp > record.votingEnds) revert ProposalVotingEnded(id, record.votingEnds, block.timestamp);
        if (elector.votingSince > record.ordinal) revert ProposalVoterTooNew(id, voter);
        if (_votes[id][voter] != 0) revert ProposalAlreadyVoted(id, voter);
        _votes[id][voter] = approve ? APPROVED : REJECTED;
        if (approve) ++record.approvals[elector.chamber - 1];
        emit VoteCast(id, voter, approve);
        if (record.executableAt == 0 && _carried(record)) _pass(id, record);
    }

    /// @inheritdoc IMemberGovernance
    function execute(bytes32 id) external {
        Proposal storage record = _proposals[id];
        uint40 executableAt = record.executableAt;
        uint256 executableUntil = uint256(executableAt) + _votingPeriod;
        if (record.kind == 0) revert ProposalUnknown(id);
        if (record.executed) revert ProposalAlreadyExecuted(id);
        if (executableAt == 0) revert ProposalNotPassed(id);
        if (block.timestamp < executableAt) revert ProposalTooEarly(id, executableAt, block.timestamp);
        if (block.timestamp > executableUntil) revert ProposalLapsed(id, executableUntil, block.timestamp);
        record.executed = true;
        emit ProposalExecuted(id);
        _carryOut(record.kind, record.payload);
    }

    /// @inheritdoc IMemberGovernance
    function proposal(bytes32 id) external view returns (Proposal memory) {
        return _proposals[id];
    }

    /// @inheritdoc IMemberGovernance
    function voteOf(bytes32 id, uint32 voter) external view returns (uint8) {
        return _votes[id][voter];
    }

    /// @inheritdoc IMemberGovernance
    function chamberSizes() external view returns (uint32[3] memory) {
        return _chamberSizes;
    }

    /// @inheritdoc IMemberGovernance
    function upgradeDelay() external view returns (uint40) {
        return _upgradeDelay;
    }

    /// @inheritdoc IMemberGovernance
    function votingPeriod() external view returns (uint40) {
        return _votingPeriod;
    }

    function _pass(bytes32 id, Proposal storage record) private {
        uint40 delay = record.kind == ProposalKinds.UPGRADE ? _upgradeDelay : 0;
        record.executableAt = uint40(block.timestamp) + delay;
        emit ProposalPassed(id, record.executableAt);
    }

    /// @dev Two thirds of each chamber that decides, rounded up. No chamber is ever empty, else its two thirds would be nothing.
    function _carried(Proposal storage record) private view returns (bool) {
        bool lendersAlone = record.kind == ProposalKinds.OVERRULE_LENDER;
        for (uint256 i = lendersAlone ? Chambers.LENDERS - 1 : 0; i < 3; ++i)
            if (3 * uint256(record.approvals[i]) < 2 * uint256(record.sizes[i])) return false;
        return true;
    }

    /// @dev Operators vote too: were it the admin alone, a small chamber could never replace a lost admin key.
    function _senderAsVoter() private view returns (uint32 id) {
        id = memberOfAdmin(msg.sender);
        if (id == 0) id = memberOfSigner(msg.sender);
        Member storage record = _members[id];
        bool votes = record.status == MemberStatus.ACTIVE && record.chamber != Chambers.NONE;
        if (!votes) revert ProposalNotVoter(msg.sender);
    }
}
