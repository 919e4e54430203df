// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IOrderLifeCycle} from "../../../contracts/orders/interfaces/IOrderLifeCycle.sol";
import {VM} from "../support/Vm.sol";
import {Signing} from "./Signing.sol";

/// @title OfferActs
/// @notice Orders are posted, answered, withdrawn and left to lapse. Each act stands beside what the model says of it.
abstract contract OfferActs is Signing {
    uint256 private constant NUMBERS = 6;
    uint256 private constant RECENT = 6;

    struct Offer {
        uint32 supplier;
        bytes32 commitment;
        uint40 expiry;
    }

    function post(uint256 seed) external act(seed) {
        (Offer memory offer, Speaker memory by, bool may) = _offer(seed, _someSupplier(), uint32(1 + _roll(2)));
        VM.prank(by.account);
        try orders.post(offer.supplier, offer.commitment, 0, offer.expiry) returns (bytes32 id) {
            _note(may, true, "post");
            _addPurchase(id, offer, by.member);
        } catch {
            _note(may, false, "post");
        }
    }

    function accept(uint256 seed) external act(seed) {
        (uint256 i, bool any) = _offeredPurchase();
        if (!any) return;
        Speaker memory by = _speaker(_purchases[i].supplier);
        bool may = by.live && by.member == _purchases[i].supplier && _offered(i);
        may = may && !_suspended[_purchases[i].supplier] && !_suspended[_purchases[i].buyer];
        VM.prank(by.account);
        try orders.accept(_purchases[i].id) {
            _note(may, true, "accept");
            _purchases[i].status = IOrderLifeCycle.OrderStatus.ACCEPTED;
        } catch {
            _note(may, false, "accept");
        }
    }

    function reject(uint256 seed) external act(seed) {
        (uint256 i, bool any) = _offeredPurchase();
        if (!any) return;
        Speaker memory by = _speaker(_purchases[i].supplier);
        bool may = by.live && by.member == _purchases[i].supplier && _offered(i);
        VM.prank(by.account);
        try orders.reject(_purchases[i].id, 0) {
            _note(may, true, "reject");
            _purchases[i].status = IOrderLifeCycle.OrderStatus.REJECTED;
        } catch {
            _note(may, false, "reject");
        }
    }

    function withdraw(uint256 seed) external act(seed) {
        (uint256 i, bool any) = _offeredPurchase();
        if (!any) return;
        Speaker memory by = _speaker(_purchases[i].buyer);
        bool may = by.live && by.member == _purchases[i].buyer && _offered(i);
        VM.prank(by.account);
        try orders.withdraw(_purchases[i].id) {
            _note(may, true, "withdraw");
            _purchases[i].status = IOrderLifeCycle.OrderStatus.WITHDRAWN;
            _purchases[i].expiry = uint40(_now - 1);
        } catch {
            _note(may, false, "withdraw");
        }
    }

    function expire(uint256 seed) external act(seed) {
        (uint256 i, bool any) = _lapsedPurchase();
        if (!any) return;
        bool may = _purchases[i].status == IOrderLifeCycle.OrderStatus.POSTED && _now > _purchases[i].expiry;
        try orders.expire(_purchases[i].id) {
            _note(may, true, "expire");
            _purchases[i].status = IOrderLifeCycle.OrderStatus.EXPIRED;
        } catch {
            _note(may, false, "expire");
        }
    }

    function _someSupplier() internal returns (uint32) {
        return _rarely() ? uint32(_roll(MEMBERS + 2)) : uint32(3 + _roll(2));
    }

    /// @return offer What a buyer posts to a supplier, mostly in time and never posted before.
    /// @return by Mostly the buyer.
    /// @return may Whether it may, as far as an order stands for itself.
    function _offer(
        uint256 seed,
        uint32 supplier,
        uint32 buyer
    ) internal returns (Offer memory offer, Speaker memory by, bool may) {
        by = _speaker(buyer);
        offer.supplier = supplier;
        offer.expiry = uint40(_rarely() ? _now - 1 : _now + 1 + _roll(3 days));
        uint256 count = _purchases.length;
        bool again = _rarely() && count > 0;
        offer.commitment = again ? _purchases[_roll(count)].commitment : keccak256(abi.encode(seed, count));
        may = by.live && by.member <= 2 && (supplier == 3 || supplier == 4) && offer.expiry >= _now;
        may = may && !_suspended[by.member] && !_suspended[supplier];
        may = may && !_posted(by.member, supplier, offer.commitment);
    }

    function _addPurchase(bytes32 id, Offer memory offer, uint32 buyer) internal returns (Purchase storage bought) {
        bought = _purchases.push();
        (bought.id, bought.commitment) = (id, offer.commitment);
        (bought.buyer, bought.supplier, bought.expiry) = (buyer, offer.supplier, offer.expiry);
        (bought.status, bought.version) = (IOrderLifeCycle.OrderStatus.POSTED, 1);
        bought.number = _roll(NUMBERS);
    }

    /// @dev One in that state from a random one on; now and then, and sometimes where there is none, any recent one.
    function _purchaseThatIs(IOrderLifeCycle.OrderStatus status) internal returns (uint256, bool) {
        uint256 count = _purchases.length;
        if (count == 0) return (0, false);
        uint256 from = _roll(count);
        bool any = _rarely();
        for (uint256 i; i < count && !any; ++i) {
            uint256 each = (from + i) % count;
            if (_purchases[each].status == status) return (each, true);
        }
        return (count - 1 - (from % (count < RECENT ? count : RECENT)), any || _sometimes());
    }

    /// @dev One posted and not lapsed, as `_purchaseThatIs` finds one.
    function _offeredPurchase() private returns (uint256 i, bool any) {
        uint256 count = _purchases.length;
        for (uint256 from = _rarely() ? count : 0; from < count; ++from) if (_offered(from)) return (from, true);
        return _purchaseThatIs(IOrderLifeCycle.OrderStatus.POSTED);
    }

    /// @dev One posted and lapsed; where there is none, now and then any.
    function _lapsedPurchase() private returns (uint256, bool) {
        uint256 count = _purchases.length;
        for (uint256 i; i < count; ++i)
            if (_purchases[i].status == IOrderLifeCycle.OrderStatus.POSTED && !_offered(i)) return (i, true);
        return count > 0 && _roll(8) == 0 ? (_roll(count), true) : (0, false);
    }

    function _offered(uint256 i) private view returns (bool) {
        return _purchases[i].status == IOrderLifeCycle.OrderStatus.POSTED && _now <= _purchases[i].expiry;
    }

    function _posted(uint32 buyer, uint32 supplier, bytes32 commitment) private view returns (bool) {
        for (uint256 i; i < _purchases.length; ++i) {
            Purchase storage bought = _purchases[i];
            bool same = bought.buyer == buyer && bought.supplier == supplier && bought.commitment == commitment;
            if (same) return true;
        }
        return false;
    }
}
