// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {VM} from "../support/Vm.sol";
import {IMemberGovernance} from "../../../contracts/members/interfaces/IMemberGovernance.sol";
import {IMemberRegistry} from "../../../contracts/members/interfaces/IMemberRegistry.sol";
import {GovernanceHandler} from "./GovernanceHandler.sol";

/// @title GovernanceInvariants
/// @notice What holds after any sequence of proposals, votes and executions.
/// @dev One invariant function: the runner plays a whole campaign for each.
contract GovernanceInvariants {
    /// @dev Calls that may come to nothing before the share counts.
    uint256 private constant SLACK = 100;

    GovernanceHandler private _handler;
    IMemberRegistry private _registry;

    function setUp() public {
        _handler = new GovernanceHandler();
        _registry = _handler.registry();
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_handler);
    }

    function invariant_Governance() public view {
        _nothingHappensThatTheModelForbids();
        _chamberSizesAreItsActiveMembersAndNeverNone();
        _whoMayBeginIsActiveWithThatRole();
    }

    /// @dev At the end of each run.
    function afterInvariant() public {
        require(_handler.agreesOnAll(), "a proposal of long ago differs from the model");
        _eachActSucceedsOftenEnough();
    }

    function _nothingHappensThatTheModelForbids() private view {
        require(bytes(_handler.disagreement()).length == 0, _handler.disagreement());
        require(_handler.agrees(), "a proposal differs from the model");
    }

    function _chamberSizesAreItsActiveMembersAndNeverNone() private view {
        uint32[3] memory counted;
        uint32 count = _registry.memberCount();
        for (uint32 id = 1; id <= count; ++id) {
            IMemberGovernance.Member memory member = _registry.member(id);
            if (member.status == 1 && member.chamber != 0) ++counted[member.chamber - 1];
        }
        uint32[3] memory sizes = _registry.chamberSizes();
        for (uint256 i; i < 3; ++i) {
            require(sizes[i] == counted[i], "a chamber is miscounted");
            require(sizes[i] > 0, "a chamber is empty");
        }
    }

    function _whoMayBeginIsActiveWithThatRole() private view {
        uint32 count = _registry.memberCount();
        for (uint32 id = 1; id <= count; ++id) {
            IMemberGovernance.Member memory member = _registry.member(id);
            for (uint8 role = 1; role <= 32; role <<= 1) {
                bool may = member.status == 1 && member.roles & role != 0;
                try _registry.requireActive(id, role) {
                    require(may, "a member may begin what is not its to begin");
                } catch {
                    require(!may, "a member may not begin what is its to begin");
                }
            }
        }
    }

    /// @dev A handler whose acts are all refused would prove nothing. Counts are summed over the runs of the campaign in the environment.
    function _eachActSucceedsOftenEnough() private {
        bytes4[4] memory actions = [
            GovernanceHandler.propose.selector,
            GovernanceHandler.turn.selector,
            GovernanceHandler.vote.selector,
            GovernanceHandler.execute.selector
        ];
        for (uint256 i; i < actions.length; ++i) {
            GovernanceHandler.Count memory count = _handler.counted(actions[i]);
            string memory name = VM.toString(uint256(i));
            uint256 calls = _sum(string.concat("GOVERNANCE_CALLS_", name), count.calls);
            uint256 successes = _sum(string.concat("GOVERNANCE_SUCCESSES_", name), count.successes);
            require(successes * 10 + SLACK >= calls, "an act succeeds in less than a tenth of its calls");
        }
    }

    function _sum(string memory name, uint256 more) private returns (uint256 total) {
        total = VM.envOr(name, 0) + more;
        VM.setEnv(name, VM.toString(total));
    }
}
