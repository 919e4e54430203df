// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ProposalKinds} from "../../../contracts/members/libraries/ProposalKinds.sol";
import {IOrderLifeCycle} from "../../../contracts/orders/interfaces/IOrderLifeCycle.sol";
import {IEncumbranceStates} from "../../../contracts/receivables/interfaces/IEncumbranceStates.sol";
import {IReceivableStates} from "../../../contracts/receivables/interfaces/IReceivableStates.sol";
import {VM} from "../support/Vm.sol";
import {SplittingActs} from "./SplittingActs.sol";

/// @title TradeHandler
/// @notice All that members, lenders and holders can do to orders and receivables, at random; and whether the registries
/// say of everything what the model says.
contract TradeHandler is SplittingActs {
    /// @notice A world to begin with: orders posted and accepted, receivables issued and confirmed, one of each reserved.
    function furnish() external {
        _honest = true;
        for (uint256 i; i < 12; ++i) this.post(i);
        for (uint256 i; i < 9; ++i) this.accept(i);
        for (uint256 i; i < 6; ++i) this.issue(i);
        for (uint256 i; i < 5; ++i) this.confirm(i);
        for (uint256 i; i < 2; ++i) this.reserveReceivable(i);
        for (uint256 i; i < 2; ++i) this.disburse(i);
        this.reserveOrder(0);
        _honest = false;
    }

    /// @notice All acts, `furnish` excepted.
    function acts() external pure returns (bytes4[] memory selectors) {
        selectors = new bytes4[](37);
        selectors[0] = this.post.selector;
        selectors[1] = this.accept.selector;
        selectors[2] = this.reject.selector;
        selectors[3] = this.withdraw.selector;
        selectors[4] = this.expire.selector;
        selectors[5] = this.cancel.selector;
        selectors[6] = this.complete.selector;
        selectors[7] = this.proposeChange.selector;
        selectors[8] = this.acceptChange.selector;
        selectors[9] = this.declineChange.selector;
        selectors[10] = this.record.selector;
        selectors[11] = this.issue.selector;
        selectors[12] = this.confirm.selector;
        selectors[13] = this.voidReceivable.selector;
        selectors[14] = this.reserveReceivable.selector;
        selectors[15] = this.reserveOrder.selector;
        selectors[16] = this.disburse.selector;
        selectors[17] = this.drop.selector;
        selectors[18] = this.lapse.selector;
        selectors[19] = this.notify.selector;
        selectors[20] = this.acknowledgeNotice.selector;
        selectors[21] = this.release.selector;
        selectors[22] = this.claimPayment.selector;
        selectors[23] = this.acknowledgePayment.selector;
        selectors[24] = this.issueCreditNote.selector;
        selectors[25] = this.openDispute.selector;
        selectors[26] = this.resolveDispute.selector;
        selectors[27] = this.pass.selector;
        selectors[28] = this.suspend.selector;
        selectors[29] = this.rotateTagKey.selector;
        selectors[30] = this.settle.selector;
        selectors[31] = this.split.selector;
        selectors[32] = this.rollOver.selector;
        selectors[33] = this.postFramework.selector;
        selectors[34] = this.callOff.selector;
        selectors[35] = this.retract.selector;
        selectors[36] = this.withdrawPayment.selector;
    }

    function pass(uint256 seed) external act(seed) {
        _now += _roll(1 days);
        VM.warp(_now);
    }

    /// @notice Suspends somebody, or reinstates who is suspended; never the last of a chamber.
    function suspend(uint256 seed) external act(seed) {
        uint32 id = uint32(1 + _roll(MEMBERS));
        // Members 1 and 2, 3 and 4, 5 and 6 share a chamber.
        uint32 peer = ((id - 1) ^ 1) + 1;
        if (_suspended[peer]) id = peer;
        _decide(_suspended[id] ? ProposalKinds.REINSTATE : ProposalKinds.SUSPEND, id);
        _suspended[id] = !_suspended[id];
    }

    /// @notice A buyer begins to use another tag key; the old one is owed for still.
    function rotateTagKey(uint256 seed) external act(seed) {
        uint32 id = uint32(1 + _roll(2));
        if (members.tagKeys(id) < 3 && _roll(4) == 0) _addTagKey(id);
    }

    function purchases() external view returns (uint256) {
        return _purchases.length;
    }

    function bills() external view returns (uint256) {
        return _bills.length;
    }

    /// @notice Rule 1: no two live claims on one path, unless the first lender yielded; and what the order registry counts.
    function rule1(uint256 i) external view returns (bool) {
        Purchase storage bought = _purchases[i];
        IOrderLifeCycle.Order memory found = orders.order(bought.id);
        if (found.encumbered != (_claims[bought.id].lender != 0)) return false;
        if (found.encumberedDescendants != _claimsBelow(i)) return false;
        if (!_live(bought.id)) return true;
        for (uint256 j; j < _bills.length; ++j) {
            if (!_bornFrom(_bills[j], i) || !_live(_bills[j].id)) continue;
            if (!_yielded[_claims[_bills[j].id].lender][_claims[bought.id].lender]) return false;
        }
        return true;
    }

    /// @notice Rule 2: no invoice backs two receivables that were confirmed and not voided for one another, no purchase
    /// order two lineages that were financed.
    function rule2(uint256 i) external view returns (bool) {
        for (uint256 j; j < _purchases.length; ++j) {
            bool same =
                j != i && _purchases[j].buyer == _purchases[i].buyer && _purchases[j].number == _purchases[i].number;
            if (same && _purchases[j].financed && _purchases[i].financed) return false;
        }
        for (uint256 j; j < _bills.length; ++j)
            for (uint256 k; k < j; ++k) if (_sameInvoiceTwice(_bills[j], _bills[k])) return false;
        return true;
    }

    /// @notice Rule 3: nothing that a lender has a claim on was voided, cancelled or disbursed on after settlement.
    function rule3(uint256 i) external view returns (bool) {
        Purchase storage bought = _purchases[i];
        bool cancelled = orders.order(bought.id).status == IOrderLifeCycle.OrderStatus.CANCELLED;
        if (cancelled && (_live(bought.id) || _claimsBelow(i) != 0)) return false;
        for (uint256 j; j < _bills.length; ++j) {
            bool voided = receivables.receivable(_bills[j].id).status == IReceivableStates.ReceivableStatus.VOID;
            if (voided && _live(_bills[j].id)) return false;
        }
        return true;
    }

    /// @notice Rule 6 and all the rest: the order is what the model says, in every field.
    function sameOrder(uint256 i) external view returns (bool) {
        Purchase storage bought = _purchases[i];
        IOrderLifeCycle.Order memory found = orders.order(bought.id);
        bool parties = found.buyer == bought.buyer && found.supplier == bought.supplier;
        bool state =
            found.status == bought.status && found.expiry == bought.expiry && found.proposals == _wishes(bought);
        bool kind = orders.frameworkOf(bought.id) == bought.calledOff;
        bool counts = found.version == bought.version && found.coverVersion == bought.cover;
        bool log = found.entries == bought.entries && orders.headOf(bought.id) == bought.head;
        return parties && state && kind && counts && log && orders.pendingCommitmentOf(bought.id) == bought.pending;
    }

    /// @notice The same of a receivable and of the claim on it.
    function sameReceivable(uint256 i) external view returns (bool) {
        Bill storage bill = _bills[i];
        IReceivableStates.Receivable memory found = receivables.receivable(bill.id);
        bool parties = found.obligor == bill.obligor && found.supplier == bill.supplier;
        bool state = found.status == bill.status && found.holder == VM.addr(bill.holder);
        bool marks = found.everEncumbered == bill.everClaimed && found.openDisputes == bill.disputes;
        bool log = found.coverVersion == bill.cover && found.entries == bill.entries && found.head == bill.head;
        return parties && state && marks && log && receivables.successorOf(bill.id) == bill.successor;
    }

    function sameClaim(bytes32 object) public view returns (bool) {
        IEncumbranceStates.Encumbrance memory found = receivables.encumbranceOf(object);
        Claim storage claim = _claims[object];
        if (!_live(object))
            return found.state == IEncumbranceStates.EncumbranceState.NONE && found.lender == address(0);
        bool same = found.state == claim.state && found.kind == claim.kind && found.noticeGiven == claim.noticed;
        return same && found.disburseBy == claim.by && found.lender == VM.addr(claim.lender);
    }

    function sameClaims() external view returns (bool) {
        for (uint256 i; i < _purchases.length; ++i) if (!sameClaim(_purchases[i].id)) return false;
        for (uint256 i; i < _bills.length; ++i) if (!sameClaim(_bills[i].id)) return false;
        return true;
    }

    function _wishes(Purchase storage bought) private view returns (uint8 bits) {
        if (bought.wantsCancelled[0]) bits |= 1;
        if (bought.wantsCancelled[1]) bits |= 2;
        if (bought.wantsCompleted[0]) bits |= 4;
        if (bought.wantsCompleted[1]) bits |= 8;
        if (bought.framework) bits |= 128;
        if (bought.changeBy != 0) bits |= bought.changeBy == bought.buyer ? 16 : 32;
    }

    function _sameInvoiceTwice(Bill storage a, Bill storage b) private view returns (bool) {
        bool same = a.obligor == b.obligor && a.number == b.number && !a.part && !b.part;
        return same && _owed(a) && _owed(b);
    }

    function _owed(Bill storage bill) private view returns (bool) {
        return
            bill.status == IReceivableStates.ReceivableStatus.CONFIRMED ||
            bill.status == IReceivableStates.ReceivableStatus.SETTLED ||
            bill.status == IReceivableStates.ReceivableStatus.SPLIT;
    }
}
