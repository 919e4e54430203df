// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IOrderLifeCycle} from "../../../contracts/orders/interfaces/IOrderLifeCycle.sol";
import {VM} from "../support/Vm.sol";
import {OfferActs} from "./OfferActs.sol";

/// @title FrameworkActs
/// @notice Framework contracts are posted, and orders call off them. Contracts are answered, changed and ended by the same acts
/// as orders; that nothing rests on them is asked by whichever act would let it.
abstract contract FrameworkActs is OfferActs {
    function postFramework(uint256 seed) external act(seed) {
        (Offer memory offer, Speaker memory by, bool may) = _offer(seed, _someSupplier(), uint32(1 + _roll(2)));
        if (offer.expiry > _now) offer.expiry += uint40(_roll(60 days));
        VM.prank(by.account);
        try orders.postFramework(offer.supplier, offer.commitment, 0, offer.expiry) returns (bytes32 id) {
            _note(may, true, "postFramework");
            _addPurchase(id, offer, by.member).framework = true;
        } catch {
            _note(may, false, "postFramework");
        }
    }

    function callOff(uint256 seed) external act(seed) {
        (uint256 i, bool any) = _contractInForce();
        if (!any) return;
        Purchase storage agreed = _purchases[i];
        (Offer memory offer, Speaker memory by, bool may) = _offer(seed, agreed.supplier, agreed.buyer);
        may = may && _runs(i) && by.member == agreed.buyer;
        VM.prank(by.account);
        try orders.callOff(agreed.id, offer.commitment, 0, offer.expiry) returns (bytes32 id) {
            _note(may, true, "callOff");
            _addPurchase(id, offer, by.member).calledOff = _purchases[i].id;
        } catch {
            _note(may, false, "callOff");
        }
    }

    /// @dev One that can be called off; now and then, and sometimes where there is none, whatever was posted.
    function _contractInForce() private returns (uint256, bool) {
        uint256 count = _purchases.length;
        if (count == 0) return (0, false);
        uint256 from = _roll(count);
        for (uint256 i = _rarely() ? count : 0; i < count; ++i)
            if (_runs((from + i) % count)) return ((from + i) % count, true);
        return (from, _sometimes());
    }

    function _runs(uint256 i) private view returns (bool) {
        Purchase storage agreed = _purchases[i];
        return agreed.framework && agreed.status == IOrderLifeCycle.OrderStatus.ACCEPTED && _now <= agreed.expiry;
    }
}
