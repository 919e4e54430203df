// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IMemberRegistry} from "../../../contracts/members/interfaces/IMemberRegistry.sol";
import {ProposalKinds} from "../../../contracts/members/libraries/ProposalKinds.sol";
import {Founding} from "../support/Founding.sol";
import {VM} from "../support/Vm.sol";

/// @title ThresholdsTest
/// @notice Two thirds of each chamber, whatever the sizes: neither one vote less nor the weight of another chamber does.
contract ThresholdsTest {
    function testFuzz_PassesWithTwoThirdsOfEachChamberAndNeverElse(
        uint8[3] memory sizes,
        uint8[3] memory votes
    ) public {
        uint256 required;
        for (uint256 i; i < 3; ++i) {
            sizes[i] = 1 + (sizes[i] % 7);
            votes[i] = votes[i] % (sizes[i] + 1);
            if (uint256(votes[i]) * 3 >= uint256(sizes[i]) * 2) ++required;
        }
        (IMemberRegistry registry, bytes32 proposal) = _proposed(sizes);
        _approve(registry, proposal, 0, votes[0]);
        _approve(registry, proposal, sizes[0], votes[1]);
        _approve(registry, proposal, uint32(sizes[0]) + sizes[1], votes[2]);
        assert((registry.proposal(proposal).executableAt != 0) == (required == 3));
    }

    function testFuzz_SuppliersAlonePassNothing(uint8 suppliers, uint8 cores, uint8 lenders) public {
        uint8[3] memory sizes = [1 + (cores % 4), 1 + (suppliers % 24), 1 + (lenders % 4)];
        (IMemberRegistry registry, bytes32 proposal) = _proposed(sizes);
        _approve(registry, proposal, sizes[0], sizes[1]);
        assert(registry.proposal(proposal).executableAt == 0);
        VM.expectRevert(abi.encodeWithSignature("ProposalNotPassed(bytes32)", proposal));
        registry.execute(proposal);
    }

    /// @dev A change that could be executed: another admin for the first member.
    function _proposed(uint8[3] memory sizes) private returns (IMemberRegistry registry, bytes32 proposal) {
        registry = Founding.found(sizes[0], sizes[1], sizes[2]);
        VM.prank(Founding.operatorOf(1));
        proposal = registry.propose(ProposalKinds.REPLACE_ADMIN, abi.encode(uint32(1), address(this)), 0, 0);
    }

    function _approve(IMemberRegistry registry, bytes32 proposal, uint32 after_, uint8 count) private {
        for (uint32 i = 1; i <= count; ++i) {
            VM.prank(Founding.operatorOf(after_ + i));
            registry.vote(proposal, true);
        }
    }
}
