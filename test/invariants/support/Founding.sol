// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC1967Proxy} from "@openzeppelin/contracts/proxy/ERC1967/ERC1967Proxy.sol";
import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";
import {IMemberRegistry} from "../../../contracts/members/interfaces/IMemberRegistry.sol";
import {Chambers} from "../../../contracts/members/libraries/Chambers.sol";
import {VM} from "./Vm.sol";

/// @title Founding
/// @notice Member registries with so many members of each chamber. Member n has the admin key 1000 + n and the operator
/// key 2000 + n; core enterprises come first, then suppliers, then lenders.
library Founding {
    uint40 internal constant VOTING_PERIOD = 7 days;
    uint40 internal constant UPGRADE_DELAY = 14 days;

    function found(uint256 cores, uint256 suppliers, uint256 lenders) internal returns (IMemberRegistry) {
        uint256 count = cores + suppliers + lenders;
        IMemberRegistry.GenesisMember[] memory genesis = new IMemberRegistry.GenesisMember[](count);
        for (uint256 i; i < count; ++i) {
            uint8 chamber =
                i < cores
                    ? Chambers.CORE_ENTERPRISES
                    : i < cores + suppliers
                        ? Chambers.SUPPLIERS
                        : Chambers.LENDERS;
            genesis[i] = founder(uint32(i + 1), chamber);
        }
        bytes memory data = abi.encodeCall(IMemberRegistry.initialize, (genesis, UPGRADE_DELAY, VOTING_PERIOD));
        return IMemberRegistry(address(new ERC1967Proxy(_registry(), data)));
    }

    /// @dev As it is deployed elsewhere: to compile it into each test would take most of what those take.
    function _registry() private returns (address created) {
        bytes memory creation = VM.getCode("contracts/members/MemberRegistry.sol:MemberRegistry");
        assembly {
            created := create(0, add(creation, 0x20), mload(creation))
        }
        require(created != address(0), "no member registry");
    }

    function founder(uint32 id, uint8 chamber) internal pure returns (IMemberRegistry.GenesisMember memory) {
        return
            IMemberRegistry.GenesisMember({
                admin: adminOf(id),
                roles: rolesFor(chamber),
                chamber: chamber,
                name: nameOf(id),
                endpoint: "https://node.test",
                operator: operatorOf(id),
                keys: new IMemberRegistry.GenesisKey[](0)
            });
    }

    /// @dev The role that the chamber asks for: 1, 2 and 4 for chambers 1, 2 and 3.
    function rolesFor(uint8 chamber) internal pure returns (uint8) {
        return uint8(1) << (chamber - 1);
    }

    function nameOf(uint32 id) internal pure returns (string memory) {
        return string.concat("member-", Strings.toString(id));
    }

    function adminOf(uint32 id) internal pure returns (address) {
        return VM.addr(1000 + id);
    }

    function operatorOf(uint32 id) internal pure returns (address) {
        return VM.addr(2000 + id);
    }
}
