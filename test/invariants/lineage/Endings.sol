// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LenderConsent, SignedConsent} from "../../../contracts/libraries/Consents.sol";
import {VM} from "../support/Vm.sol";
import {Tree} from "./Tree.sol";

/// @title Endings
/// @notice Each way in which a claim ends, and what lenders sign.
abstract contract Endings is Tree {
    uint256 private constant SILENCE = 10 days;

    uint256 private _nonces;

    constructor(uint256 orderCount, uint256[][] memory births) Tree(orderCount, births) {}

    /// @notice Paid with everybody's consent, and the lender silent for as long as it takes: all of it or nothing.
    function settleAndOverrule(uint256 i) external {
        Node storage node = _nodes[i];
        LenderConsent[] memory consents = _ownAndFirst(i);
        VM.prank(node.holder);
        receivables.settle(node.id, consents);
        VM.prank(node.holder);
        receivables.demandRelease(node.id, "paid");
        _now += SILENCE + 1;
        VM.warp(_now);
        VM.prank(address(members));
        receivables.overrule(node.id);
    }

    function _free(uint256 i) internal returns (bool) {
        bool out = _nodes[i].out;
        VM.prank(_lenderOf(i));
        if (out) {
            try receivables.release(_nodes[i].id, 0) {} catch {
                return false;
            }
        } else {
            try receivables.drop(_nodes[i].id) {} catch {
                return false;
            }
        }
        _forget(i);
        return true;
    }

    function _clear(uint256 i) internal returns (bool) {
        try receivables.lapse(_nodes[i].id) {} catch {
            return false;
        }
        _forget(i);
        return true;
    }

    function _writeOff(uint256 i, bool agreed) internal returns (bool) {
        LenderConsent[] memory first = agreed ? _first(i) : new LenderConsent[](0);
        VM.prank(_lenderOf(i));
        try receivables.writeOff(_nodes[i].id, "lost", first) {} catch {
            return false;
        }
        _forget(i);
        _nodes[i].stage = Stage.WRITTEN_OFF;
        return true;
    }

    function _repurchase(uint256 i) internal returns (bool) {
        VM.prank(_lenderOf(i));
        try receivables.acknowledgeRepurchase(_nodes[i].id, "bought back") {} catch {
            return false;
        }
        _forget(i);
        return true;
    }

    function _overrule(uint256 i) internal returns (bool) {
        try this.settleAndOverrule(i) {} catch {
            // The clock is not taken back with the rest.
            VM.warp(_now);
            return false;
        }
        _forget(i);
        _nodes[i].stage = Stage.SETTLED;
        return true;
    }

    /// @dev The first lender where nobody has a claim: somebody has to try.
    function _lenderOf(uint256 i) internal view returns (address) {
        return _lenders[_nodes[i].lender == 0 ? 1 : _nodes[i].lender];
    }

    /// @dev Consents of all first lenders that a claim on the object meets: of live claims on its orders or, below an order,
    /// of all that are recorded, ascending.
    function _first(uint256 object) internal returns (LenderConsent[] memory consents) {
        uint256 count;
        uint256[] memory found = new uint256[](_nodes.length);
        for (uint256 i; i < _nodes.length; ++i) {
            bool above = _isAbove(i, object) && _live(i);
            if (above || (_isAbove(object, i) && _nodes[i].lender != 0)) found[count++] = i;
        }
        for (uint256 i = 1; i < count; ++i)
            for (uint256 j = i; j > 0 && _nodes[found[j]].id < _nodes[found[j - 1]].id; --j)
                (found[j], found[j - 1]) = (found[j - 1], found[j]);
        consents = new LenderConsent[](count);
        for (uint256 i; i < count; ++i) {
            Node storage node = _nodes[found[i]];
            consents[i] = LenderConsent(node.id, _consent(_lenders[node.lender], node.id));
        }
    }

    function _consent(address signer, bytes32 id) internal returns (SignedConsent memory consent) {
        consent.signer = signer;
        consent.nonce = bytes32(++_nonces);
        consent.deadline = type(uint64).max;
        try receivables.coverVersionOf(id) returns (uint64 cover) {
            consent.coverVersion = cover;
        } catch {}
    }

    function _ownAndFirst(uint256 i) private returns (LenderConsent[] memory consents) {
        LenderConsent[] memory first = _first(i);
        if (!_live(i)) return first;
        consents = new LenderConsent[](1 + first.length);
        consents[0] = LenderConsent(_nodes[i].id, _consent(_lenders[_nodes[i].lender], _nodes[i].id));
        for (uint256 j; j < first.length; ++j) consents[1 + j] = first[j];
    }
}
