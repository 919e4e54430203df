// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {MemberStatus} from "./libraries/MemberStatus.sol";
import {MemberStorage} from "./MemberStorage.sol";

/// @title MemberStandings
/// @notice What each member may begin now, kept small for those who ask often.
abstract contract MemberStandings is MemberStorage {
    /// @dev Roles of the member if it is active, else 0.
    function _standingOf(uint32 id) internal view returns (uint8) {
        return uint8(_standings[id >> 5] >> _shift(id));
    }

    /// @dev To be called after each change of a member's status or roles.
    function _updateStanding(uint32 id) internal {
        uint256 standing = _members[id].status == MemberStatus.ACTIVE ? _members[id].roles : 0;
        uint256 others = _standings[id >> 5] & ~(uint256(type(uint8).max) << _shift(id));
        _standings[id >> 5] = others | (standing << _shift(id));
    }

    function _shift(uint32 id) private pure returns (uint256) {
        return uint256(id & 31) << 3;
    }
}
