// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LenderConsent} from "../../../contracts/libraries/Consents.sol";
import {IOrderLifeCycle} from "../../../contracts/orders/interfaces/IOrderLifeCycle.sol";
import {MilestoneKinds} from "../../../contracts/orders/libraries/MilestoneKinds.sol";
import {VM} from "../support/Vm.sol";
import {FrameworkActs} from "./FrameworkActs.sol";

/// @title OrderActs
/// @notice Accepted orders are changed, fulfilled and ended.
abstract contract OrderActs is FrameworkActs {
    function cancel(uint256 seed) external act(seed) {
        (uint256 i, bool any) = _purchaseThatIs(IOrderLifeCycle.OrderStatus.ACCEPTED);
        if (!any) return;
        (Speaker memory by, uint256 side, bool may) = _party(i);
        Purchase storage bought = _purchases[i];
        may = may && bought.status == IOrderLifeCycle.OrderStatus.ACCEPTED && !bought.wantsCancelled[side];
        may = may && _claims[bought.id].lender == 0 && _claimsBelow(i) == 0;
        VM.prank(by.account);
        try orders.cancel(bought.id) {
            _note(may, true, "cancel");
            bought.wantsCancelled[side] = true;
            if (!bought.wantsCancelled[1 - side]) return;
            bought.status = IOrderLifeCycle.OrderStatus.CANCELLED;
            ++bought.cover;
            _forgetWishes(bought);
        } catch {
            _note(may, false, "cancel");
        }
    }

    function complete(uint256 seed) external act(seed) {
        (uint256 i, bool any) = _purchaseThatIs(IOrderLifeCycle.OrderStatus.ACCEPTED);
        if (!any) return;
        (Speaker memory by, uint256 side, bool may) = _party(i);
        Purchase storage bought = _purchases[i];
        may = may && bought.status == IOrderLifeCycle.OrderStatus.ACCEPTED && !bought.wantsCompleted[side];
        VM.prank(by.account);
        try orders.complete(bought.id) {
            _note(may, true, "complete");
            bought.wantsCompleted[side] = true;
            if (!bought.wantsCompleted[1 - side]) return;
            bought.status = IOrderLifeCycle.OrderStatus.COMPLETED;
            _forgetWishes(bought);
        } catch {
            _note(may, false, "complete");
        }
    }

    /// @notice A party takes back what it asked for of cancelling and completing.
    function retract(uint256 seed) external act(seed) {
        (uint256 i, bool any) = _purchaseWithWish();
        if (!any) return;
        (Speaker memory by, uint256 side, bool may) = _party(i);
        Purchase storage bought = _purchases[i];
        may = may && (bought.wantsCancelled[side] || bought.wantsCompleted[side]);
        VM.prank(by.account);
        try orders.retract(bought.id) {
            _note(may, true, "retract");
            (bought.wantsCancelled[side], bought.wantsCompleted[side]) = (false, false);
        } catch {
            _note(may, false, "retract");
        }
    }

    function proposeChange(uint256 seed) external act(seed) {
        (uint256 i, bool any) = _purchaseThatIs(IOrderLifeCycle.OrderStatus.ACCEPTED);
        if (!any) return;
        (Speaker memory by, , bool may) = _party(i);
        Purchase storage bought = _purchases[i];
        may = may && bought.status == IOrderLifeCycle.OrderStatus.ACCEPTED && bought.changeBy == 0;
        may = may && !_suspended[bought.buyer] && !_suspended[bought.supplier];
        bytes32 commitment = keccak256(abi.encode("version", seed));
        VM.prank(by.account);
        try orders.proposeChange(bought.id, commitment) {
            _note(may, true, "proposeChange");
            (bought.changeBy, bought.pending) = (by.member, commitment);
        } catch {
            _note(may, false, "proposeChange");
        }
    }

    function acceptChange(uint256 seed) external act(seed) {
        (uint256 i, bool any) = _purchaseWithChange();
        if (!any) return;
        Purchase storage bought = _purchases[i];
        Speaker memory by = _speaker(bought.changeBy == bought.buyer ? bought.supplier : bought.buyer);
        bool may = by.live && (by.member == bought.buyer || by.member == bought.supplier);
        uint32 version = bought.version + (_rarely() ? 2 : 1);
        bytes32 details = keccak256(abi.encode(bought.id, version, bought.pending));
        (LenderConsent[] memory consents, bool all) = _lineageLenders(i, true, keccak256("CHANGE"), details);
        may = may && all && bought.changeBy != 0 && bought.changeBy != by.member && version == bought.version + 1;
        may = may && !_suspended[bought.buyer] && !_suspended[bought.supplier];
        VM.prank(by.account);
        try orders.acceptChange(bought.id, version, bought.pending, consents) {
            _note(may, true, "acceptChange");
            _clearLapsedOf(consents);
            ++bought.version;
            ++bought.cover;
            _forgetWishes(bought);
        } catch {
            _note(may, false, "acceptChange");
        }
    }

    function declineChange(uint256 seed) external act(seed) {
        (uint256 i, bool any) = _purchaseWithChange();
        if (!any) return;
        (Speaker memory by, , bool may) = _party(i);
        may = may && _purchases[i].changeBy != 0;
        VM.prank(by.account);
        try orders.declineChange(_purchases[i].id) {
            _note(may, true, "declineChange");
            (_purchases[i].changeBy, _purchases[i].pending) = (0, 0);
        } catch {
            _note(may, false, "declineChange");
        }
    }

    function record(uint256 seed) external act(seed) {
        (uint256 i, bool any) = _purchaseThatIs(IOrderLifeCycle.OrderStatus.ACCEPTED);
        if (!any) return;
        (Speaker memory by, , bool may) = _party(i);
        Purchase storage bought = _purchases[i];
        uint8 kind = uint8(_rarely() ? 0 : 1 + _roll(8));
        bytes32 supersedes = _roll(3) == 0 ? bytes32(seed) | bytes32(uint256(1)) : bytes32(0);
        may = may && !bought.framework && kind != 0 && (kind != MilestoneKinds.RECEIVED || by.member == bought.buyer);
        bool late = bought.status == IOrderLifeCycle.OrderStatus.COMPLETED;
        bool afterwards = kind > MilestoneKinds.RECEIVED || (kind == MilestoneKinds.RECEIVED && supersedes != 0);
        may = may && (bought.status == IOrderLifeCycle.OrderStatus.ACCEPTED || (late && afterwards));
        VM.prank(by.account);
        try orders.record(bought.id, kind, "what", supersedes) {
            _note(may, true, "record");
            bytes32 entry = keccak256(
                abi.encode(bought.id, bought.entries++, kind, by.member, bytes32("what"), supersedes, uint40(_now))
            );
            bought.head = keccak256(abi.encode(bought.head, entry));
            if (kind >= MilestoneKinds.RECEIVED) ++bought.cover;
        } catch {
            _note(may, false, "record");
        }
    }

    /// @dev Consents of the lenders of a purchase's lineage in ascending order of objects: of all claims recorded on its
    /// receivables and, if `own`, on itself; one left out now and then.
    function _lineageLenders(
        uint256 purchase,
        bool own,
        bytes32 what,
        bytes32 details
    ) internal virtual returns (LenderConsent[] memory, bool good);

    function _clearLapsedOf(LenderConsent[] memory named) internal {
        for (uint256 i; i < named.length; ++i) if (_lapsed(_claims[named[i].object])) delete _claims[named[i].object];
    }

    function _purchaseWithChange() private returns (uint256, bool) {
        uint256 count = _purchases.length;
        if (count == 0) return (0, false);
        uint256 from = _roll(count);
        for (uint256 i; i < count; ++i)
            if (_purchases[(from + i) % count].changeBy != 0) return ((from + i) % count, true);
        return (from, _sometimes());
    }

    function _purchaseWithWish() private returns (uint256, bool) {
        uint256 count = _purchases.length;
        if (count == 0) return (0, false);
        uint256 from = _roll(count);
        for (uint256 i; i < count; ++i) {
            Purchase storage bought = _purchases[(from + i) % count];
            bool buyer = bought.wantsCancelled[0] || bought.wantsCompleted[0];
            if (buyer || bought.wantsCancelled[1] || bought.wantsCompleted[1]) return ((from + i) % count, true);
        }
        return (from, _sometimes());
    }

    /// @return by Mostly one of the two parties.
    /// @return side 0 the buyer, 1 the supplier.
    /// @return may Whether it is one, by a live account.
    function _party(uint256 i) private returns (Speaker memory by, uint256 side, bool may) {
        Purchase storage bought = _purchases[i];
        by = _speaker(_roll(2) == 0 ? bought.buyer : bought.supplier);
        side = by.member == bought.supplier ? 1 : 0;
        may = by.live && (by.member == bought.buyer || by.member == bought.supplier);
    }

    function _forgetWishes(Purchase storage bought) private {
        delete bought.wantsCancelled;
        delete bought.wantsCompleted;
        (bought.changeBy, bought.pending) = (0, 0);
    }
}
