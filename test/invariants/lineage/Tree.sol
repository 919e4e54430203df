// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IOrderLifeCycle} from "../../../contracts/orders/interfaces/IOrderLifeCycle.sol";
import {IEncumbranceStates} from "../../../contracts/receivables/interfaces/IEncumbranceStates.sol";
import {IReceivableStates} from "../../../contracts/receivables/interfaces/IReceivableStates.sol";
import {Founding} from "../support/Founding.sol";
import {VM} from "../support/Vm.sol";
import {World} from "../trade/World.sol";
import {Willing} from "./Willing.sol";

/// @title Tree
/// @notice Orders, receivables born from them and the parts that these can be split into, and what must be so of the claims
/// on them, kept as plainly as possible: every rule is a walk over all of them.
abstract contract Tree is World {
    enum Stage {
        ABSENT,
        STANDING,
        SPLIT,
        WRITTEN_OFF,
        SETTLED
    }

    /// @param above Places of the orders that a receivable was born from; none for an order.
    /// @param parts Place of the first of the two parts that it is split into, 0 for none.
    /// @param lender 1 or 2, 0 where no claim is recorded.
    /// @param out Whether the lender's money is out.
    /// @param by Last second of a reservation.
    struct Node {
        bytes32 id;
        address holder;
        uint256[] above;
        uint256 parts;
        Stage stage;
        uint8 lender;
        bool out;
        uint40 by;
    }

    Node[] internal _nodes;
    address[3] internal _lenders;
    address internal _buyer;
    address internal _supplier;
    uint256 internal _now = 1_800_000_000;
    /// @dev Whether the lender of the one signed that the other may come too.
    mapping(uint256 receivable => mapping(uint256 order => bool)) internal _yielded;

    constructor(uint256 orderCount, uint256[][] memory births) {
        VM.warp(_now);
        _buyer = _operatorOf(1);
        _supplier = _operatorOf(3);
        (_lenders[1], _lenders[2]) = (address(new Willing()), address(new Willing()));
        for (uint256 i; i < orderCount; ++i) _order(i);
        for (uint256 i; i < births.length; ++i) _receivable(births[i], i);
        uint256 whole = _nodes.length;
        for (uint256 i = orderCount; i < whole; ++i) _parts(i);
    }

    function nodes() external view returns (uint256) {
        return _nodes.length;
    }

    function _isOrder(uint256 i) internal view returns (bool) {
        return _nodes[i].above.length == 0;
    }

    function _lapsed(uint256 i) internal view returns (bool) {
        Node storage node = _nodes[i];
        return node.lender != 0 && !node.out && _now > node.by;
    }

    function _live(uint256 i) internal view returns (bool) {
        return _nodes[i].lender != 0 && !_lapsed(i);
    }

    function _isAbove(uint256 order, uint256 receivable) internal view returns (bool) {
        uint256[] storage above = _nodes[receivable].above;
        for (uint256 i; i < above.length; ++i) if (above[i] == order) return true;
        return false;
    }

    /// @dev Claims recorded on receivables of an order, lapsed ones included until they are cleared.
    function _recordedBelow(uint256 order) internal view returns (uint256 count) {
        for (uint256 i; i < _nodes.length; ++i) if (_isAbove(order, i) && _nodes[i].lender != 0) ++count;
    }

    function _liveAbove(uint256 receivable) internal view returns (bool) {
        uint256[] storage above = _nodes[receivable].above;
        for (uint256 i; i < above.length; ++i) if (_live(above[i])) return true;
        return false;
    }

    function _forget(uint256 i) internal {
        Node storage node = _nodes[i];
        (node.lender, node.out, node.by) = (0, false, 0);
        for (uint256 j; j < _nodes.length; ++j) (_yielded[i][j], _yielded[j][i]) = (false, false);
    }

    /// @dev Reverts unless the registries say of everything what the model says, and rule 1 holds.
    function _requireSame() internal view {
        for (uint256 i; i < _nodes.length; ++i) {
            _requireSameClaim(i);
            if (_isOrder(i)) _requireSameOrder(i);
            else _requireSameReceivable(i);
        }
    }

    /// @dev What tells two worlds apart, whatever led there: stages and claims.
    function _fingerprint() internal view returns (bytes32 seen) {
        for (uint256 i; i < _nodes.length; ++i) {
            Node storage node = _nodes[i];
            seen = keccak256(abi.encode(seen, node.stage, node.lender, node.out, _lapsed(i)));
            for (uint256 j; j < _nodes.length; ++j) seen = keccak256(abi.encode(seen, _yielded[i][j]));
        }
    }

    function _requireSameClaim(uint256 i) private view {
        Node storage node = _nodes[i];
        IEncumbranceStates.Encumbrance memory found = receivables.encumbranceOf(node.id);
        IEncumbranceStates.EncumbranceState state = IEncumbranceStates.EncumbranceState.NONE;
        if (_live(i))
            state =
                node.out ? IEncumbranceStates.EncumbranceState.ASSIGNED : IEncumbranceStates.EncumbranceState.RESERVED;
        require(found.state == state, "a claim is not as the model says");
        require(found.lender == (_live(i) ? _lenders[node.lender] : address(0)), "a claim is another lender's");
    }

    function _requireSameOrder(uint256 i) private view {
        IOrderLifeCycle.Order memory found = orders.order(_nodes[i].id);
        require(found.encumbered == (_nodes[i].lender != 0), "an order's own claim is miscounted");
        require(found.encumberedDescendants == _recordedBelow(i), "the claims below an order are miscounted");
    }

    function _requireSameReceivable(uint256 i) private view {
        Node storage node = _nodes[i];
        IReceivableStates.ReceivableStatus status = receivables.receivable(node.id).status;
        require(status == _statusOf(node.stage), "a receivable's state is not as the model says");
        for (uint256 j; j < node.above.length; ++j) {
            bool both = _live(i) && _live(node.above[j]);
            require(!both || _yielded[i][node.above[j]], "rule 1: two lenders on one path");
        }
    }

    function _statusOf(Stage stage) private pure returns (IReceivableStates.ReceivableStatus) {
        if (stage == Stage.ABSENT) return IReceivableStates.ReceivableStatus.NONE;
        if (stage == Stage.STANDING) return IReceivableStates.ReceivableStatus.CONFIRMED;
        if (stage == Stage.SPLIT) return IReceivableStates.ReceivableStatus.SPLIT;
        if (stage == Stage.SETTLED) return IReceivableStates.ReceivableStatus.SETTLED;
        return IReceivableStates.ReceivableStatus.WRITTEN_OFF;
    }

    function _operatorOf(uint32 member) private returns (address account) {
        account = address(new Willing());
        VM.prank(Founding.adminOf(member));
        members.addOperator(account, "");
    }

    function _order(uint256 i) private {
        VM.prank(_buyer);
        bytes32 id = orders.post(3, bytes32(i + 1), 0, type(uint40).max);
        VM.prank(_supplier);
        orders.accept(id);
        Node storage node = _nodes.push();
        (node.id, node.holder, node.stage) = (id, _supplier, Stage.STANDING);
    }

    function _receivable(uint256[] memory above, uint256 number) private {
        bytes32[] memory ids = new bytes32[](above.length);
        for (uint256 i; i < above.length; ++i) ids[i] = _nodes[above[i]].id;
        if (ids.length == 2 && ids[0] > ids[1]) {
            (ids[0], ids[1]) = (ids[1], ids[0]);
            (above[0], above[1]) = (above[1], above[0]);
        }
        Node storage node = _nodes.push();
        (node.holder, node.stage) = (address(new Willing()), Stage.STANDING);
        node.above = above;
        VM.prank(_supplier);
        node.id = receivables.issue(ids, "invoice", node.holder, bytes32(number));
        bytes32[] memory fingerprints = new bytes32[](1);
        fingerprints[0] = bytes32(number + 1);
        VM.prank(_buyer);
        receivables.confirm(node.id, "confirmation", 0, 1, 1, fingerprints);
    }

    /// @dev The two parts that a receivable can be split into; they do not stand yet.
    function _parts(uint256 whole) private {
        _nodes[whole].parts = _nodes.length;
        for (uint32 i; i < 2; ++i) {
            Node storage node = _nodes.push();
            node.holder = address(new Willing());
            node.above = _nodes[whole].above;
            node.id = keccak256(abi.encode(_domainOf(address(receivables)), keccak256("PART"), _nodes[whole].id, i));
        }
    }
}
