// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IMemberKeys} from "./interfaces/IMemberKeys.sol";
import {MemberStatus} from "./libraries/MemberStatus.sol";
import {MemberAccounts} from "./MemberAccounts.sol";

/// @title MemberProfile
/// @notice Where a member's node is reached.
abstract contract MemberProfile is MemberAccounts {
    uint256 private constant MAX_ENDPOINT = 256;

    /// @inheritdoc IMemberKeys
    function setEndpoint(string calldata endpoint) external {
        _setEndpoint(_senderAsAdmin(), endpoint);
    }

    function _requireActive(uint32 id) internal view {
        uint8 status = _members[id].status;
        if (status != MemberStatus.ACTIVE) revert MemberNotActive(id, status);
    }

    function _requireEndpoint(string memory endpoint) internal pure {
        uint256 length = bytes(endpoint).length;
        if (length == 0 || length > MAX_ENDPOINT) revert MemberInvalidEndpoint(length);
    }

    function _setEndpoint(uint32 id, string memory endpoint) internal {
        _requireEndpoint(endpoint);
        emit EndpointChanged(id, endpoint);
    }
}
