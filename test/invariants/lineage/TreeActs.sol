// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LenderConsent, SignedConsent} from "../../../contracts/libraries/Consents.sol";
import {IEncumbrances} from "../../../contracts/receivables/interfaces/IEncumbrances.sol";
import {IReceivableSplits} from "../../../contracts/receivables/interfaces/IReceivableSplits.sol";
import {VM} from "../support/Vm.sol";
import {Endings} from "./Endings.sol";

/// @title TreeActs
/// @notice Each act on a tree that can matter to rule 1, with what the model says of it.
contract TreeActs is Endings {
    enum Kind {
        RESERVE,
        ROLL_OVER,
        DISBURSE,
        FREE,
        SPLIT,
        CLEAR,
        WRITE_OFF,
        REPURCHASE,
        OVERRULE,
        PASS
    }

    /// @param object Place of the node.
    /// @param order For a roll-over: where the claim comes from.
    /// @param lender Who reserves.
    /// @param agreed Whether the first lenders that it reaches consent.
    struct Act {
        Kind kind;
        uint256 object;
        uint256 order;
        uint8 lender;
        bool agreed;
    }

    /// @notice Where an act led: whether it was done, and what tells the world then apart.
    error Attempted(bool did, bytes32 world);
    /// @notice What each act leads to from where a path leads.
    error Expanded(bytes32[] worlds);
    /// @notice The registries did, or refused, what the model says otherwise of.
    error Disagreed(Act act, bool did);

    Act[] private _acts;

    constructor(uint256 orderCount, uint256[][] memory births) Endings(orderCount, births) {
        for (uint256 i; i < _nodes.length; ++i) {
            for (uint8 lender = 1; lender <= 2; ++lender) {
                _acts.push(Act(Kind.RESERVE, i, 0, lender, false));
                _acts.push(Act(Kind.RESERVE, i, 0, lender, true));
            }
            _acts.push(Act(Kind.DISBURSE, i, 0, 0, false));
            _acts.push(Act(Kind.FREE, i, 0, 0, false));
            _acts.push(Act(Kind.CLEAR, i, 0, 0, false));
            if (_isOrder(i)) continue;
            for (uint256 j; j < orderCount; ++j) {
                _acts.push(Act(Kind.ROLL_OVER, i, j, 1, false));
                _acts.push(Act(Kind.ROLL_OVER, i, j, 1, true));
            }
            _acts.push(Act(Kind.WRITE_OFF, i, 0, 0, false));
            _acts.push(Act(Kind.WRITE_OFF, i, 0, 0, true));
            _acts.push(Act(Kind.REPURCHASE, i, 0, 0, false));
            _acts.push(Act(Kind.OVERRULE, i, 0, 0, true));
            if (_nodes[i].parts == 0) continue;
            _acts.push(Act(Kind.SPLIT, i, 0, 0, false));
            _acts.push(Act(Kind.SPLIT, i, 0, 0, true));
        }
        _acts.push(Act(Kind.PASS, 0, 0, 0, false));
        _requireSame();
    }

    function acts() external view returns (uint256) {
        return _acts.length;
    }

    /// @notice Goes a path and tries every act from there; ends by `Expanded`, so that nothing of it stays.
    /// @dev World 0 stands for refused. What is refused changes nothing, so no path goes on from there.
    function expand(uint8[] calldata path) external {
        VM.warp(_now);
        for (uint256 i; i < path.length; ++i) _do(_acts[path[i]]);
        bytes32[] memory worlds = new bytes32[](_acts.length);
        for (uint256 i; i < worlds.length; ++i) worlds[i] = _attempt(i);
        revert Expanded(worlds);
    }

    /// @notice Tries one act; ends by `Attempted`.
    function attempt(uint256 i) external {
        // The clock is not taken back with the rest.
        VM.warp(_now);
        Act memory act = _acts[i];
        bool may = _may(act);
        bool did = _do(act);
        if (did != may) revert Disagreed(act, did);
        _requireSame();
        revert Attempted(did, _fingerprint());
    }

    function _attempt(uint256 i) private returns (bytes32) {
        try this.attempt(i) {
            revert("an attempt stayed");
        } catch (bytes memory reason) {
            if (bytes4(reason) != Attempted.selector) {
                assembly {
                    revert(add(reason, 0x20), mload(reason))
                }
            }
            (bool did, bytes32 world) = abi.decode(_tail(reason), (bool, bytes32));
            return did ? world : bytes32(0);
        }
    }

    /// @dev What the rules say, by walks over the tree alone.
    function _may(Act memory act) private view returns (bool) {
        Node storage node = _nodes[act.object];
        bool standing = node.stage == Stage.STANDING;
        if (act.kind == Kind.PASS) return true;
        if (act.kind == Kind.CLEAR) return _lapsed(act.object);
        if (act.kind == Kind.FREE) return _live(act.object);
        if (act.kind == Kind.DISBURSE) return _live(act.object) && !node.out && standing;
        if (act.kind == Kind.REPURCHASE || act.kind == Kind.OVERRULE) return standing && node.out;
        if (act.kind == Kind.WRITE_OFF) return standing && node.out && (act.agreed || !_liveAbove(act.object));
        if (!standing || _live(act.object)) return false;
        if (act.kind == Kind.RESERVE && _isOrder(act.object)) return act.agreed || _recordedBelow(act.object) == 0;
        if (act.kind != Kind.ROLL_OVER) return act.agreed || !_liveAbove(act.object);
        return act.agreed && _isAbove(act.order, act.object) && _live(act.order) && _nodes[act.order].out;
    }

    function _do(Act memory act) private returns (bool) {
        if (act.kind == Kind.PASS) return _pass();
        if (act.kind == Kind.RESERVE || act.kind == Kind.ROLL_OVER) return _take(act);
        if (act.kind == Kind.SPLIT) return _split(act);
        if (act.kind == Kind.DISBURSE) return _disburse(act.object);
        if (act.kind == Kind.WRITE_OFF) return _writeOff(act.object, act.agreed);
        if (act.kind == Kind.REPURCHASE) return _repurchase(act.object);
        if (act.kind == Kind.OVERRULE) return _overrule(act.object);
        return act.kind == Kind.FREE ? _free(act.object) : _clear(act.object);
    }

    function _pass() private returns (bool) {
        _now += 3 days;
        VM.warp(_now);
        return true;
    }

    function _take(Act memory act) private returns (bool) {
        Node storage node = _nodes[act.object];
        IEncumbrances.Reservation memory wanted;
        wanted.object = node.id;
        wanted.lender = _lenders[act.lender];
        wanted.kind = 2;
        wanted.disburseBy = uint40(_now + 2 days);
        wanted.orderTags = _tags(act.object);
        LenderConsent[] memory first = act.agreed ? _first(act.object) : new LenderConsent[](0);
        SignedConsent memory holder = _consent(node.holder, node.id);
        SignedConsent memory lender = _consent(wanted.lender, node.id);
        bool rolls = act.kind == Kind.ROLL_OVER;
        if (rolls) {
            try receivables.rollOver(_nodes[act.order].id, wanted, holder, lender, first) {} catch {
                return false;
            }
            _forget(act.order);
        } else {
            try receivables.reserve(wanted, holder, lender, first) {} catch {
                return false;
            }
        }
        _forget(act.object);
        for (uint256 i; i < _nodes.length; ++i) {
            bool related = _isAbove(i, act.object) || _isAbove(act.object, i);
            if (related && _lapsed(i) && _isOrder(act.object)) _forget(i);
            if (!related || !_live(i)) continue;
            if (_isOrder(i)) _yielded[act.object][i] = true;
            else _yielded[i][act.object] = true;
        }
        (node.lender, node.out, node.by) = (act.lender, rolls, wanted.disburseBy);
        return true;
    }

    function _split(Act memory act) private returns (bool) {
        Node storage node = _nodes[act.object];
        IReceivableSplits.Part[] memory parts = new IReceivableSplits.Part[](2);
        SignedConsent[] memory acceptances = new SignedConsent[](2);
        for (uint256 i; i < 2; ++i) {
            parts[i] = IReceivableSplits.Part(_nodes[node.parts + i].holder, "part");
            acceptances[i] = _consent(parts[i].holder, node.id);
        }
        LenderConsent[] memory first = act.agreed ? _first(act.object) : new LenderConsent[](0);
        SignedConsent memory holder = _consent(node.holder, node.id);
        SignedConsent memory obligor = _consent(_buyer, node.id);
        try receivables.split(node.id, parts, holder, obligor, acceptances, first) {} catch {
            return false;
        }
        _forget(act.object);
        node.stage = Stage.SPLIT;
        for (uint256 i; i < 2; ++i) _nodes[node.parts + i].stage = Stage.STANDING;
        return true;
    }

    function _disburse(uint256 i) private returns (bool) {
        VM.prank(_lenderOf(i));
        try receivables.disburse(_nodes[i].id, 0) {} catch {
            return false;
        }
        _nodes[i].out = true;
        return true;
    }

    function _tags(uint256 object) private view returns (IEncumbrances.OrderTag[] memory tags) {
        uint256[] memory lineage = _nodes[object].above;
        if (lineage.length == 0) {
            lineage = new uint256[](1);
            lineage[0] = object;
        }
        tags = new IEncumbrances.OrderTag[](lineage.length);
        for (uint256 i; i < lineage.length; ++i) {
            tags[i].order = _nodes[lineage[i]].id;
            tags[i].tags = new bytes32[](1);
            tags[i].tags[0] = bytes32(lineage[i] + 1);
            tags[i].buyerAccount = _buyer;
        }
    }

    function _tail(bytes memory reason) private pure returns (bytes memory tail) {
        tail = new bytes(reason.length - 4);
        for (uint256 i; i < tail.length; ++i) tail[i] = reason[i + 4];
    }
}
