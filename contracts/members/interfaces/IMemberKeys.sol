// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title IMemberKeys
/// @notice What a member's cold admin key does alone and at once: operators, message and tag keys, endpoint, entities.
/// @dev An account that was once used is never reused: neither by another member nor, once revoked, by the same one, so that
/// the question whose it was at a block has one answer for ever. A message or tag key is not added again by its member;
/// one that another lists is another key, since the id names the member.
interface IMemberKeys {
    /// @notice An operator account: 0 in `revokedAt` while live, 0 in `inDoubtFrom` when nothing is in doubt.
    /// @param member Number of the member it acts for, 0 for an account that never was one's operator.
    /// @param addedAt Block from which it is live.
    /// @param revokedAt Block from which it is not.
    /// @param inDoubtFrom Block from which its acts stand but are marked `KEY_IN_DOUBT`.
    struct Operator {
        uint32 member;
        uint40 addedAt;
        uint40 revokedAt;
        uint40 inDoubtFrom;
    }

    /// @notice A message or tag key; moments as in `Operator`.
    /// @param number 1, 2, .. for the member's tag keys in the order of their adding, 0 for the other kinds.
    struct Key {
        uint32 member;
        uint8 kind;
        uint32 number;
        uint40 addedAt;
        uint40 revokedAt;
        uint40 inDoubtFrom;
    }

    event OperatorAdded(uint32 indexed member, address indexed account);
    event OperatorRevoked(uint32 indexed member, address indexed account, uint64 inDoubtFrom);
    event KeyAdded(uint32 indexed member, bytes32 indexed key, uint8 kind, uint32 number, bytes publicKey);
    event KeyRevoked(uint32 indexed member, bytes32 indexed key, uint64 inDoubtFrom);
    event EndpointChanged(uint32 indexed member, string endpoint);
    event LegalEntityRegistered(uint32 indexed member, bytes32 indexed entity);
    event LegalEntityRemoved(uint32 indexed member, bytes32 indexed entity);

    /// @notice `member` may begin nothing now: it is suspended (status 2) or was never admitted (status 0); rule 10.
    error MemberNotActive(uint32 member, uint8 status);
    /// @notice `account` is no member's admin.
    error MemberUnknownAdmin(address account);
    /// @notice `account` is and was no member's operator.
    error MemberUnknownOperator(address account);
    /// @notice Operator `account` was revoked at block `revokedAt`.
    error MemberKeyRevoked(address account, uint40 revokedAt);
    /// @notice `account` is or was an admin or operator of `member` already, or is the zero address.
    error MemberAccountTaken(address account, uint32 member);
    /// @notice `account` has not signed that it acts for `member`.
    error MemberInvalidAcceptance(address account, uint32 member);
    /// @notice `account` acts, or acted, for `owner`, so `member` cannot revoke it.
    error MemberNotOperator(uint32 member, address account, uint32 owner);
    /// @notice A revocation cannot put a key in doubt from a block still to come.
    error MemberInvalidDoubt(uint64 inDoubtFrom, uint256 blockNumber);
    /// @notice An endpoint has 1 to 256 bytes, not `length`.
    error MemberInvalidEndpoint(uint256 length);
    /// @notice Legal entity `entity` is registered by `member`.
    error MemberEntityTaken(bytes32 entity, uint32 member);
    /// @notice Legal entity `entity` is not `member`'s to be taken: `holder` has it, nobody if 0.
    error MemberEntityNotHeld(bytes32 entity, uint32 member, uint32 holder);
    /// @notice The chambers took legal entity `entity` from `member`, and only they give it back.
    error MemberEntityLost(bytes32 entity, uint32 member);
    /// @notice No key of kind `kind` has `length` bytes.
    error KeyInvalid(uint8 kind, uint256 length);
    /// @notice The member has added `key` before.
    error KeyExists(bytes32 key);
    /// @notice `member` has no key `key`.
    error KeyUnknown(uint32 member, bytes32 key);
    /// @notice `key` was revoked at block `revokedAt`.
    error KeyAlreadyRevoked(bytes32 key, uint40 revokedAt);

    /// @notice Lets `account` act for the caller's member, from this block on.
    /// @param acceptance Signature by `account` of `OperatorAcceptance(address account,uint32 member)` under this
    /// registry's domain (ERC-1271 for a contract), so that nobody names an account that is not theirs.
    function addOperator(address account, bytes calldata acceptance) external;

    /// @notice Ends an operator's right to act from this block on. What it did before stands (rule 7).
    /// @param inDoubtFrom Block since which its acts are in doubt, 0 for none.
    function revokeOperator(address account, uint64 inDoubtFrom) external;

    /// @notice Adds a message key, or the next tag key.
    /// @param kind One of `KeyKinds`.
    /// @param publicKey 32 bytes for message keys, 48 for a tag key. Whether it is a point of its curve is checked by
    /// the nodes, not here.
    /// @return key `keccak256(abi.encode(domainSeparator, member, kind, publicKey))`.
    function addKey(uint8 kind, bytes calldata publicKey) external returns (bytes32 key);

    /// @notice Marks a key as revoked from this block on. A tag key keeps its number: fingerprints are owed for it still.
    /// @param inDoubtFrom Block since which what it signed is in doubt, 0 for none.
    function revokeKey(bytes32 key, uint64 inDoubtFrom) external;

    /// @notice URL at which the member's node takes envelopes.
    function setEndpoint(string calldata endpoint) external;

    /// @notice Takes a legal entity for the caller's member. One member only for an entity, many entities a member; the
    /// chambers can take a wrong one back (`ProposalKinds.REMOVE_ENTITY`).
    /// @param entity `keccak256(abi.encode(domainSeparator, scheme, id))` with both as strings, in the form that
    /// DOMAIN.md gives them.
    function registerEntity(bytes32 entity) external;

    /// @notice Member that live operator `account` signs for. A suspended member's operators count, so this is the check
    /// for duties (rule 10); for what begins something there is `authorize`.
    /// @dev Warning: the compiler tries selectors in ascending order, 22 gas each. These two have low ones; under another
    /// name every act pays more (test/snapshots/gas.json).
    function memberOfSigner(address account) external view returns (uint32 member);

    /// @notice Operator record of `account`, all zero for an account that never was one.
    function operator(address account) external view returns (Operator memory);

    /// @notice Member whose admin account this is, 0 for none.
    function memberOfAdmin(address account) external view returns (uint32 member);

    /// @notice Record of a message or tag key, all zero for an unknown one.
    function key(bytes32 id) external view returns (Key memory);

    /// @notice How many tag keys the member has had, revoked ones included: a confirmation carries a fingerprint for each.
    function tagKeys(uint32 member) external view returns (uint32 count);

    /// @notice Member that registered a legal entity, 0 for none.
    function memberOfEntity(bytes32 entity) external view returns (uint32 member);
}
