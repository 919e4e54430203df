// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {VM} from "../support/Vm.sol";
import {Model} from "./Model.sol";
import {TradeHandler} from "./TradeHandler.sol";

/// @title TradeInvariants
/// @notice Rules 1, 2, 3, 6, 7 and 10 of DOMAIN.md, numbered alike, over random lives of orders and receivables.
/// @dev One invariant function: the runner plays a whole campaign for each.
contract TradeInvariants {
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    /// @dev Calls that may come to nothing before the share counts.
    uint256 private constant SLACK = 100;

    TradeHandler private _handler;

    function setUp() public {
        _handler = new TradeHandler();
        _handler.furnish();
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_handler);
    }

    function targetSelectors() public view returns (FuzzSelector[] memory targets) {
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector(address(_handler), _handler.acts());
    }

    /// @dev Done and refused exactly as the model says: that is rule 3 (who may), rule 6 (from which state), rule 7 (by keys
    /// that are live, in signatures that are fresh) and rule 10 (what the suspended still may), act by act.
    function invariant_Trade() public view {
        require(bytes(_handler.disagreement()).length == 0, _handler.disagreement());
    }

    /// @dev At the end of each run.
    function afterInvariant() public {
        uint256 count = _handler.purchases();
        for (uint256 i; i < count; ++i) {
            require(_handler.rule1(i), "rule 1: two lenders on one path, or miscounted");
            require(_handler.rule2(i), "rule 2: an invoice or a purchase order counts twice");
            require(_handler.rule3(i), "rule 3: a lender was passed over");
            require(_handler.sameOrder(i), "rule 6: an order is not as the model says");
        }
        for (uint256 i; i < _handler.bills(); ++i)
            require(_handler.sameReceivable(i), "rule 6: a receivable is not as the model says");
        require(_handler.sameClaims(), "an encumbrance is not as the model says");
        _requireEachActSucceedsOften();
    }

    /// @dev A handler whose acts are all refused would prove nothing. Counts are summed over the runs of the campaign in the
    /// environment, since each run begins with a handler of its own.
    function _requireEachActSucceedsOften() private {
        bytes4[] memory acts = _handler.acts();
        for (uint256 i; i < acts.length; ++i) {
            Model.Count memory count = _handler.counted(acts[i]);
            string memory name = VM.toString(abi.encodePacked(acts[i]));
            uint256 calls = _sum(string.concat("TRADE_CALLS_", name), count.calls);
            uint256 successes = _sum(string.concat("TRADE_SUCCESSES_", name), count.successes);
            bool often = successes * 10 + SLACK >= calls;
            require(often, string.concat("an act succeeds in less than a tenth of its calls: ", name));
        }
    }

    function _sum(string memory name, uint256 more) private returns (uint256 total) {
        total = VM.envOr(name, 0) + more;
        VM.setEnv(name, VM.toString(total));
    }
}
