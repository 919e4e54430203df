// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IMemberGovernance} from "./IMemberGovernance.sol";
import {IMemberKeys} from "./IMemberKeys.sol";

/// @title IMemberRegistry
/// @notice Who belongs to the consortium, in which role, and which accounts and keys speak for it.
/// @dev Members are numbered from 1 in the order of their admission and never renumbered. Roles are a bit mask
/// (`Roles`), chambers and key kinds are small numbers (`Chambers`, `KeyKinds`). Moments are block numbers where a key's
/// life is concerned, since what counts is whether it was live when an act was included (rule 7).
interface IMemberRegistry is IMemberKeys, IMemberGovernance {
    /// @notice A member as of the first block of the registry.
    /// @dev Its operator has signed no acceptance: the domain to sign under does not exist yet. Whoever pins the
    /// deployment vouches for it.
    struct GenesisMember {
        address admin;
        uint8 roles;
        uint8 chamber;
        string name;
        string endpoint;
        address operator;
        GenesisKey[] keys;
    }

    struct GenesisKey {
        uint8 kind;
        bytes publicKey;
    }

    /// @notice `member` has the roles `roles`, none of which is in `required`.
    error MemberMissingRole(uint32 member, uint8 roles, uint8 required);
    /// @notice A consortium begins with at least one member in each of the three chambers; `chamber` has none.
    error MemberChamberEmpty(uint8 chamber);

    /// @notice First members and the two periods of governance. Called once, by the proxy's constructor.
    /// @param upgradeDelay Seconds between the passing of an upgrade and its earliest execution.
    /// @param votingPeriod Seconds in which a proposal can be voted on, and again in which a passed one can be executed.
    function initialize(GenesisMember[] calldata genesis, uint40 upgradeDelay, uint40 votingPeriod) external;

    /// @notice Member that `account` acts for, if it may begin something: a live operator of an active member with one of
    /// the roles in `role`, towards an active member `counterparty` with one of the roles in `counterpartyRole`.
    /// @dev One call for all of it, for gas. A role of 0 asks for none; a `counterparty` of 0 is not looked at.
    /// @return member Number of the member.
    function authorize(
        address account,
        uint8 role,
        uint32 counterparty,
        uint8 counterpartyRole
    ) external view returns (uint32 member);

    /// @notice Reverts if `account` is a revoked operator or a replaced admin, or an admin or operator of a member that is not
    /// active. An account that the registry does not know is let through: it is a one-time account, and whose it is nobody
    /// can say.
    function requireMayBegin(address account) external view;

    /// @notice Reverts unless `member` is active and has one of the roles in `role` (0: any).
    function requireActive(uint32 member, uint8 role) external view;
}
