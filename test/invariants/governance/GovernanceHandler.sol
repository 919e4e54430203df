// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IMemberGovernance} from "../../../contracts/members/interfaces/IMemberGovernance.sol";
import {IMemberRegistry} from "../../../contracts/members/interfaces/IMemberRegistry.sol";
import {ProposalKinds} from "../../../contracts/members/libraries/ProposalKinds.sol";
import {Founding} from "../support/Founding.sol";
import {VM} from "../support/Vm.sol";

/// @title GovernanceHandler
/// @notice Proposes, votes, executes and lets time pass at random, and keeps a plain model of what must come of it.
contract GovernanceHandler {
    /// @param passedAt When the vote came that carried it, 0 before.
    struct Ballot {
        bytes32 id;
        uint256 ends;
        uint256 passedAt;
        uint32[3] sizes;
        uint32[3] approvals;
        bool executed;
    }

    struct Count {
        uint256 calls;
        uint256 successes;
    }

    uint256 private constant RECENT = 4;

    IMemberRegistry public immutable registry;
    Ballot[] private _ballots;
    /// @dev Who was active with a chamber when the ballot was made, who voted, and on which ballots a reinstated one may not.
    mapping(uint256 ballot => mapping(uint32 member => bool)) private _electors;
    mapping(uint256 ballot => mapping(uint32 member => bool)) private _voted;
    mapping(uint32 member => uint256 ballots) private _reinstatedAfter;
    mapping(bytes4 action => Count) private _counts;
    uint256 private _now = 1_800_000_000;
    uint256 private _random;
    /// @dev The ballot executed last: it may be an old one.
    uint256 private _executed;

    /// @notice What the registry did and the model says it must not have; empty as long as they agree.
    string public disagreement;

    constructor() {
        VM.warp(_now);
        registry = Founding.found(2, 3, 2);
    }

    function propose(uint8 kindSeed, uint32 memberSeed, uint8 chamberSeed) external {
        uint32 target = _someMember(memberSeed);
        (uint8 kind, bytes memory payload) = _payload(kindSeed, target, chamberSeed);
        _note(this.propose.selector, _propose(kind, payload, memberSeed));
    }

    /// @notice A suspension or reinstatement from its proposal to its execution.
    function turn(uint32 memberSeed) external {
        (uint8 kind, bytes memory payload) = _payload(ProposalKinds.SUSPEND - 1, _someMember(memberSeed), 0);
        bool proposed = _propose(kind, payload, memberSeed);
        if (proposed) _acclaim(_ballots.length - 1);
        _note(this.turn.selector, proposed && _execute(_ballots.length - 1));
    }

    function vote(uint256 ballotSeed, uint32 memberSeed, uint8 against) external {
        if (_ballots.length == 0) return;
        uint256 index = _recent(ballotSeed);
        Ballot storage ballot = _ballots[index];
        uint32 voter = _someMember(memberSeed);
        IMemberGovernance.Member memory member = registry.member(voter);
        bool entitled = _entitled(index, voter, member.status);
        bool approve = against % 8 != 0;
        VM.prank(member.admin);
        try registry.vote(ballot.id, approve) {
            if (!entitled) disagreement = "took a vote of one who had none";
            _voted[index][voter] = true;
            if (approve) _approve(ballot, member.chamber);
            _note(this.vote.selector, true);
        } catch {
            if (entitled) disagreement = "refused the vote of one who had it";
            _note(this.vote.selector, false);
        }
    }

    /// @notice Everybody who still can approves the ballot, so that enough of them pass.
    function acclaim(uint256 ballotSeed) external {
        if (_ballots.length == 0) return;
        _acclaim(_recent(ballotSeed));
    }

    function execute(uint256 ballotSeed) external {
        if (_ballots.length == 0) return;
        _note(this.execute.selector, _execute(_passedOrRecent(ballotSeed)));
    }

    function pass(uint32 secondsSeed) external {
        _now += secondsSeed % 1 days;
        VM.warp(_now);
    }

    /// @notice Whether the registry says what the model says of each proposal that the last act can have been about.
    function agrees() external view returns (bool) {
        uint256 length = _ballots.length;
        if (length == 0) return true;
        for (uint256 i = length > RECENT ? length - RECENT : 0; i < length; ++i)
            if (!_agreesOn(_ballots[i])) return false;
        return _agreesOn(_ballots[_executed]);
    }

    /// @notice The same of all that there ever were.
    function agreesOnAll() external view returns (bool) {
        for (uint256 i; i < _ballots.length; ++i) if (!_agreesOn(_ballots[i])) return false;
        return true;
    }

    function counted(bytes4 action) external view returns (Count memory) {
        return _counts[action];
    }

    function _propose(uint8 kind, bytes memory payload, uint32 voterSeed) private returns (bool) {
        bool possible = _possible(kind, payload);
        VM.prank(_someVoter(voterSeed));
        try registry.propose(kind, payload, 0, bytes32(++_random)) returns (bytes32 id) {
            if (!possible) disagreement = "took a proposal that cannot be carried out";
            _open(id);
            return true;
        } catch {
            if (possible) disagreement = "refused a proposal that can be carried out";
            return false;
        }
    }

    function _acclaim(uint256 index) private {
        uint32 count = registry.memberCount();
        for (uint32 id = 1; id <= count; ++id) {
            IMemberGovernance.Member memory member = registry.member(id);
            if (!_entitled(index, id, member.status)) continue;
            VM.prank(member.admin);
            registry.vote(_ballots[index].id, true);
            _voted[index][id] = true;
            _approve(_ballots[index], member.chamber);
        }
    }

    function _approve(Ballot storage ballot, uint8 chamber) private {
        ++ballot.approvals[chamber - 1];
        if (ballot.passedAt == 0 && _carried(ballot)) ballot.passedAt = _now;
    }

    function _execute(uint256 index) private returns (bool) {
        Ballot storage ballot = _ballots[index];
        _executed = index;
        IMemberGovernance.Proposal memory proposal = registry.proposal(ballot.id);
        bool due = ballot.passedAt != 0 && !ballot.executed && _now <= ballot.passedAt + Founding.VOTING_PERIOD;
        bool possible = _possible(proposal.kind, proposal.payload);
        try registry.execute(ballot.id) {
            if (ballot.executed) disagreement = "executed a proposal twice";
            if (!due) disagreement = "executed what did not pass, or had lapsed";
            if (!possible) disagreement = "executed what cannot be carried out";
            ballot.executed = true;
        } catch {
            if (due && possible) disagreement = "refused to execute what passed";
            return false;
        }
        if (proposal.kind == ProposalKinds.REINSTATE)
            _reinstatedAfter[abi.decode(proposal.payload, (uint32))] = _ballots.length;
        if (proposal.kind == ProposalKinds.SET_ROLES) _requireRoles(proposal.payload);
        return true;
    }

    function _requireRoles(bytes memory payload) private {
        (uint32 id, uint8 roles) = abi.decode(payload, (uint32, uint8));
        if (registry.member(id).roles != roles) disagreement = "gave other roles than were voted";
    }

    /// @dev Whether what is proposed could be done now. Names and admins are new each time, roles those that the chamber asks for.
    function _possible(uint8 kind, bytes memory payload) private view returns (bool) {
        if (kind != ProposalKinds.SUSPEND && kind != ProposalKinds.REINSTATE) return true;
        IMemberGovernance.Member memory member = registry.member(abi.decode(payload, (uint32)));
        if (kind == ProposalKinds.REINSTATE) return member.status == 2;
        return member.status == 1 && (member.chamber == 0 || registry.chamberSizes()[member.chamber - 1] > 1);
    }

    function _open(bytes32 id) private {
        uint256 index = _ballots.length;
        Ballot storage ballot = _ballots.push();
        ballot.id = id;
        ballot.ends = _now + Founding.VOTING_PERIOD;
        uint32 count = registry.memberCount();
        for (uint32 i = 1; i <= count; ++i) {
            IMemberGovernance.Member memory member = registry.member(i);
            if (member.status != 1 || member.chamber == 0) continue;
            _electors[index][i] = true;
            ++ballot.sizes[member.chamber - 1];
        }
    }

    function _payload(uint8 kindSeed, uint32 target, uint8 chamberSeed) private view returns (uint8, bytes memory) {
        uint32 fresh = uint32(10_000 + _random);
        uint8 kind = 1 + (kindSeed % 5);
        IMemberGovernance.Member memory member = registry.member(target);
        if (kind == ProposalKinds.ADMIT) return (kind, abi.encode(_admission(fresh, chamberSeed % 4)));
        if (kind == ProposalKinds.SET_ROLES) return (kind, abi.encode(target, _otherRoles(member, chamberSeed % 6)));
        if (kind == ProposalKinds.REPLACE_ADMIN) return (kind, abi.encode(target, Founding.adminOf(fresh)));
        return (member.status == 1 ? ProposalKinds.SUSPEND : ProposalKinds.REINSTATE, abi.encode(target));
    }

    /// @dev One more or one less, but never without those that it was admitted with.
    function _otherRoles(IMemberGovernance.Member memory member, uint8 bit) private pure returns (uint8) {
        return (member.roles ^ (uint8(1) << bit)) | _leastRoles(member.chamber);
    }

    function _leastRoles(uint8 chamber) private pure returns (uint8) {
        return chamber == 0 ? 8 : Founding.rolesFor(chamber);
    }

    function _admission(uint32 fresh, uint8 chamber) private pure returns (IMemberGovernance.Admission memory) {
        uint8 roles = _leastRoles(chamber);
        string memory name = Founding.nameOf(fresh);
        return IMemberGovernance.Admission(Founding.adminOf(fresh), roles, chamber, name, "https://node.test");
    }

    function _entitled(uint256 index, uint32 id, uint8 status) private view returns (bool) {
        bool elector = _electors[index][id] && index >= _reinstatedAfter[id];
        return status == 1 && elector && !_voted[index][id] && _now <= _ballots[index].ends;
    }

    function _agreesOn(Ballot storage ballot) private view returns (bool) {
        IMemberGovernance.Proposal memory proposal = registry.proposal(ballot.id);
        return
            keccak256(abi.encode(proposal.sizes, proposal.approvals, proposal.executed, proposal.executableAt)) ==
            keccak256(abi.encode(ballot.sizes, ballot.approvals, ballot.executed, ballot.passedAt));
    }

    function _carried(Ballot storage ballot) private view returns (bool) {
        for (uint256 i; i < 3; ++i) if (ballot.approvals[i] * 3 < ballot.sizes[i] * 2) return false;
        return true;
    }

    function _note(bytes4 action, bool success) private {
        ++_counts[action].calls;
        if (success) ++_counts[action].successes;
    }

    function _someMember(uint32 seed) private view returns (uint32) {
        return 1 + (seed % registry.memberCount());
    }

    /// @dev Admin of an active member with a chamber: the first from a random one on.
    function _someVoter(uint32 seed) private view returns (address) {
        uint32 count = registry.memberCount();
        for (uint32 i; i < count; ++i) {
            IMemberGovernance.Member memory member = registry.member(1 + (((seed % count) + i) % count));
            if (member.status == 1 && member.chamber != 0) return member.admin;
        }
        return address(0);
    }

    function _recent(uint256 seed) private view returns (uint256) {
        uint256 length = _ballots.length;
        return length - 1 - (seed % (length < RECENT ? length : RECENT));
    }

    /// @dev Every other time one that passed and was not executed, if there is any.
    function _passedOrRecent(uint256 seed) private view returns (uint256) {
        if (seed % 2 == 0)
            for (uint256 i = _ballots.length; i > 0; --i)
                if (!_ballots[i - 1].executed && _ballots[i - 1].passedAt != 0) return i - 1;
        return _recent(seed);
    }
}
