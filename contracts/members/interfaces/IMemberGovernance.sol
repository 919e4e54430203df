// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title IMemberGovernance
/// @notice What the three chambers decide together: admission, suspension, roles, a lost admin key, upgrades,
/// a legal entity that is another's; and what the lenders' chamber decides alone: that a silent lender is overruled.
/// @dev A proposal passes when two thirds of each chamber approve, counted over those who could vote when it was made:
/// whoever joins or is reinstated later has no vote on it. One member, one vote, cast by its admin or an operator.
interface IMemberGovernance {
    /// @notice A member.
    /// @param status 0 never admitted, 1 active, 2 suspended.
    /// @param votingSince Ordinal of the first proposal that it may vote on, given a chamber.
    /// @param tagKeys Count of its tag keys.
    struct Member {
        address admin;
        uint8 roles;
        uint8 chamber;
        uint8 status;
        uint32 votingSince;
        uint32 tagKeys;
    }

    /// @notice Who is to be admitted. The new admin adds its own operators and keys.
    struct Admission {
        address admin;
        uint8 roles;
        uint8 chamber;
        string name;
        string endpoint;
    }

    /// @notice A proposal.
    /// @param kind One of `ProposalKinds`, 0 for an unknown proposal.
    /// @param executed Whether it was carried out.
    /// @param ordinal How many proposals were made before it.
    /// @param votingEnds Time after which no vote is taken.
    /// @param executableAt Time from which it can be executed, 0 until it passes.
    /// @param sizes Voters of each chamber when it was made: core enterprises, suppliers, lenders.
    /// @param approvals Approvals of each chamber, in the same order.
    struct Proposal {
        uint8 kind;
        bool executed;
        uint32 ordinal;
        uint40 votingEnds;
        uint40 executableAt;
        uint32[3] sizes;
        uint32[3] approvals;
        bytes payload;
    }

    event MemberAdmitted(uint32 indexed member, address indexed admin, uint8 roles, uint8 chamber, string name);
    event MemberSuspended(uint32 indexed member);
    event MemberReinstated(uint32 indexed member);
    event MemberRolesChanged(uint32 indexed member, uint8 roles);
    event MemberAdminReplaced(uint32 indexed member, address indexed admin);
    event ProposalCreated(
        bytes32 indexed proposal,
        uint32 indexed proposer,
        uint8 kind,
        bytes payload,
        bytes32 reason,
        uint64 votingEnds,
        uint32[3] chamberSizes
    );
    event VoteCast(bytes32 indexed proposal, uint32 indexed member, bool approve);
    event ProposalPassed(bytes32 indexed proposal, uint64 executableAt);
    event ProposalExecuted(bytes32 indexed proposal);

    /// @notice A name has 1 to 32 characters of `a-z`, `0-9` and `-`, so that no two look alike.
    error MemberInvalidName(string name);
    /// @notice `member` bears that name already.
    error MemberNameTaken(string name, uint32 member);
    /// @notice Roles are one or more of the six bits.
    error MemberInvalidRoles(uint8 roles);
    /// @notice There is no such chamber, or `roles` lack the one that it asks for.
    error MemberInvalidChamber(uint8 chamber, uint8 roles);
    /// @notice No member has the number `member`.
    error MemberUnknown(uint32 member);
    /// @notice `member` is not suspended.
    error MemberNotSuspended(uint32 member);
    /// @notice `member` is the last active one of `chamber`; without it no proposal could pass.
    error MemberLastOfChamber(uint32 member, uint8 chamber);
    /// @notice `account` speaks for no active member with a chamber.
    error ProposalNotVoter(address account);
    /// @notice `member` could not vote yet when `proposal` was made.
    error ProposalVoterTooNew(bytes32 proposal, uint32 member);
    /// @notice There is no kind of proposal `kind`.
    error ProposalUnknownKind(uint8 kind);
    /// @notice The proposer has used this randomness before.
    error ProposalExists(bytes32 proposal);
    /// @notice There is no such proposal.
    error ProposalUnknown(bytes32 proposal);
    /// @notice Votes were taken until `votingEnds`; it is `timestamp`.
    error ProposalVotingEnded(bytes32 proposal, uint40 votingEnds, uint256 timestamp);
    /// @notice `member` has voted.
    error ProposalAlreadyVoted(bytes32 proposal, uint32 member);
    /// @notice The proposal has not passed.
    error ProposalNotPassed(bytes32 proposal);
    /// @notice A passed proposal waits until `executableAt`; it is `timestamp`.
    error ProposalTooEarly(bytes32 proposal, uint40 executableAt, uint256 timestamp);
    /// @notice A passed proposal could be executed until `executableUntil`; it is `timestamp`.
    error ProposalLapsed(bytes32 proposal, uint256 executableUntil, uint256 timestamp);
    /// @notice The proposal was executed.
    error ProposalAlreadyExecuted(bytes32 proposal);
    /// @notice The code at `implementation` has not the hash that was voted on.
    error ProposalCodeMismatch(address implementation, bytes32 codeHash, bytes32 found);
    /// @notice The migration of an upgrade of `proxy` is an upgrade itself, to code whose hash nobody votes on.
    error ProposalInvalidMigration(address proxy);
    /// @notice Only a passed proposal upgrades this registry, not `caller`.
    error MemberUpgradeUnauthorized(address caller);

    /// @notice Puts something to the vote. Refused at once when it could not be executed now.
    /// @param kind One of `ProposalKinds`.
    /// @param payload ABI encoding of the kind's parameters, as `ProposalKinds` says.
    /// @param reason Commitment to the reason, which is given off chain.
    /// @param random 32 random bytes.
    /// @return proposal `keccak256(abi.encode(domainSeparator, keccak256("PROPOSAL"), sender, random))`.
    function propose(
        uint8 kind,
        bytes calldata payload,
        bytes32 reason,
        bytes32 random
    ) external returns (bytes32 proposal);

    /// @notice Casts the vote of the sender's member, once and for all. The vote that completes two thirds of each chamber
    /// passes the proposal.
    function vote(bytes32 proposal, bool approve) external;

    /// @notice Carries out a passed proposal; anyone may. An upgrade waits for the upgrade delay first.
    function execute(bytes32 proposal) external;

    /// @notice Member of that number, all zero for an unknown one.
    function member(uint32 id) external view returns (Member memory);

    /// @notice How many members were ever admitted; the last one's number.
    function memberCount() external view returns (uint32);

    /// @notice Member that bears that name, 0 for none.
    function memberOfName(string calldata name) external view returns (uint32 member);

    /// @notice Active voters of each chamber: core enterprises, suppliers, lenders.
    function chamberSizes() external view returns (uint32[3] memory);

    /// @notice Proposal of that id, all zero for an unknown one.
    function proposal(bytes32 id) external view returns (Proposal memory);

    /// @notice Whether and how a member voted: 0 not yet, 1 approved, 2 rejected.
    function voteOf(bytes32 proposal, uint32 member) external view returns (uint8);

    /// @notice Seconds between the passing of an upgrade and its earliest execution.
    function upgradeDelay() external view returns (uint40);

    /// @notice Seconds in which a proposal can be voted on, and again in which a passed one can be executed.
    function votingPeriod() external view returns (uint40);
}
