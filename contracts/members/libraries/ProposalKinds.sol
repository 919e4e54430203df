// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title ProposalKinds
/// @notice What the chambers decide by vote, with the ABI encoding of each payload.
library ProposalKinds {
    /// @dev `abi.encode(Admission)`.
    uint8 internal constant ADMIT = 1;
    /// @dev `abi.encode(uint32 member)`.
    uint8 internal constant SUSPEND = 2;
    /// @dev `abi.encode(uint32 member)`.
    uint8 internal constant REINSTATE = 3;
    /// @dev `abi.encode(uint32 member, uint8 roles)`.
    uint8 internal constant SET_ROLES = 4;
    /// @dev `abi.encode(uint32 member, address admin)`.
    uint8 internal constant REPLACE_ADMIN = 5;
    /// @dev `abi.encode(address proxy, address implementation, bytes32 codeHash, bytes migration)`; `migration` is a call of the
    /// new code, none if empty, and not an upgrade itself.
    uint8 internal constant UPGRADE = 6;
    /// @dev `abi.encode(bytes32 entity, uint32 member, uint32 newMember)`: from `member`, to `newMember` or, if 0, to nobody.
    uint8 internal constant REMOVE_ENTITY = 7;
    /// @dev `abi.encode(address registry, bytes32 receivable)`. Decided by the lenders' chamber alone.
    uint8 internal constant OVERRULE_LENDER = 8;
}
