// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title IAccessGrants
/// @notice Who may see what, as bare commitments: the chain keeps that a grant was made and whether it was revoked, the
/// grantee alone can open it.
interface IAccessGrants {
    /// @notice A grant.
    /// @param maker Account that made it and alone can revoke it, zero for an unknown grant.
    /// @param madeAt Block time in seconds.
    /// @param revokedAt Block time in seconds, 0 while it stands.
    /// @param commitment Salted root over grantee, scope, purpose, from and until.
    struct Grant {
        address maker;
        uint40 madeAt;
        uint40 revokedAt;
        bytes32 commitment;
    }

    event GrantMade(bytes32 indexed grant, address indexed maker, bytes32 commitment);
    event GrantRevoked(bytes32 indexed grant);

    /// @notice The maker has used this randomness before.
    error GrantExists(bytes32 grant);
    /// @notice A grant commits to something; zero commits to nothing.
    error GrantEmpty(address maker);
    /// @notice There is no such grant.
    error GrantUnknown(bytes32 grant);
    /// @notice Only `maker` revokes the grant, not `caller`.
    error GrantNotMaker(bytes32 grant, address maker, address caller);
    /// @notice The grant was revoked at block time `revokedAt`.
    error GrantAlreadyRevoked(bytes32 grant, uint40 revokedAt);

    /// @notice Makes a grant. Any account may, usually a one-time one; an account of the member registry only while it
    /// is live and its member active (rule 10).
    /// @param random 32 random bytes.
    /// @return id `keccak256(abi.encode(domainSeparator, keccak256("GRANT"), sender, random))`.
    function grant(bytes32 commitment, bytes32 random) external returns (bytes32 id);

    /// @notice Ends a grant from this block on. Its maker may, whatever became of its member: it gives nothing.
    function revoke(bytes32 id) external;

    /// @notice Grant of that id, all zero for an unknown one.
    function grantOf(bytes32 id) external view returns (Grant memory);
}
