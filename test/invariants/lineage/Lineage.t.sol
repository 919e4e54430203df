// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {VM} from "../support/Vm.sol";
import {TreeActs} from "./TreeActs.sol";

/// @title LineageTest
/// @notice Rule 1 by brute force: on each small tree of orders, receivables and splits, with two lenders, every sequence of up
/// to six acts against a plain model.
/// @dev Breadth first. Of sequences that lead to the same world only the first is gone on from: what comes after is the same.
contract LineageTest {
    uint256 private constant MOST_ACTS = 6;
    /// @dev Without TRADEPROOF_DEEP: worlds of a tree that are gone on from.
    uint256 private constant FAIR_SHARE = 40;

    /// @dev Where Hardhat listens for what is to be printed.
    address private constant CONSOLE = 0x000000000000000000636F6e736F6c652e6c6f67;

    mapping(bytes32 world => bool) private _known;
    uint8[][] private _paths;

    function test_AnOrderAndAReceivable() public {
        uint256[][] memory births = new uint256[][](1);
        births[0] = _of(0);
        _explore("an order, a receivable", new TreeActs(1, births));
    }

    function test_AnOrderAndTwoReceivables() public {
        uint256[][] memory births = new uint256[][](2);
        (births[0], births[1]) = (_of(0), _of(0));
        _explore("an order, two receivables", new TreeActs(1, births));
    }

    function test_TwoOrdersAndACollectiveReceivable() public {
        uint256[][] memory births = new uint256[][](1);
        births[0] = _of(0, 1);
        _explore("two orders, a collective receivable", new TreeActs(2, births));
    }

    function test_TwoOrdersOneReceivableOfEachKind() public {
        uint256[][] memory births = new uint256[][](2);
        (births[0], births[1]) = (_of(0), _of(0, 1));
        _explore("two orders, a receivable of one, a collective one", new TreeActs(2, births));
    }

    function _explore(string memory name, TreeActs tree) private {
        bool deep = keccak256(bytes(VM.envOr("TRADEPROOF_DEEP", string("")))) == keccak256("true");
        uint256 attempts;
        _paths.push(new uint8[](0));
        uint256 next;
        for (; next < _paths.length && (deep || next < FAIR_SHARE); ++next) {
            if (_paths[next].length == MOST_ACTS) break;
            attempts += this.goOn(tree, next);
        }
        _print(name, " worlds gone on from: ", next);
        _print(name, " acts tried: ", attempts);
        _print(name, " acts on the longest path: ", _paths[next - 1].length + 1);
        require(attempts >= tree.acts() * FAIR_SHARE, "hardly anything was tried");
    }

    /// @notice Tries every act in the world at the end of a path, and keeps the paths to worlds that nobody had come to.
    /// @dev A call of its own: what it leaves in memory goes with it, and of thousands of worlds is more than a test may have.
    /// @return attempts Acts tried.
    function goOn(TreeActs tree, uint256 place) external returns (uint256 attempts) {
        uint8[] memory path = _paths[place];
        bytes32[] memory worlds = _expand(tree, path);
        for (uint8 i; i < worlds.length; ++i) {
            if (worlds[i] == 0 || _known[worlds[i]]) continue;
            _known[worlds[i]] = true;
            _paths.push(_longer(path, i));
        }
        return worlds.length;
    }

    function _expand(TreeActs tree, uint8[] memory path) private returns (bytes32[] memory worlds) {
        try tree.expand(path) {
            revert("an expansion stayed");
        } catch (bytes memory reason) {
            if (bytes4(reason) != TreeActs.Expanded.selector) {
                assembly {
                    revert(add(reason, 0x20), mload(reason))
                }
            }
            bytes memory tail = new bytes(reason.length - 4);
            for (uint256 i; i < tail.length; ++i) tail[i] = reason[i + 4];
            return abi.decode(tail, (bytes32[]));
        }
    }

    function _print(string memory name, string memory what, uint256 figure) private view {
        string memory line = string.concat(name, ",", what, VM.toString(figure));
        (bool done, ) = CONSOLE.staticcall(abi.encodeWithSignature("log(string)", line));
        require(done);
    }

    function _longer(uint8[] memory path, uint8 act) private pure returns (uint8[] memory longer) {
        longer = new uint8[](path.length + 1);
        for (uint256 i; i < path.length; ++i) longer[i] = path[i];
        longer[path.length] = act;
    }

    function _of(uint256 order) private pure returns (uint256[] memory above) {
        above = new uint256[](1);
        above[0] = order;
    }

    function _of(uint256 one, uint256 two) private pure returns (uint256[] memory above) {
        above = new uint256[](2);
        (above[0], above[1]) = (one, two);
    }
}
