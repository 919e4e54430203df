// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LenderConsent, SignedConsent} from "../../../contracts/libraries/Consents.sol";
import {IOrderLifeCycle} from "../../../contracts/orders/interfaces/IOrderLifeCycle.sol";
import {IEncumbranceStates} from "../../../contracts/receivables/interfaces/IEncumbranceStates.sol";
import {IEncumbrances} from "../../../contracts/receivables/interfaces/IEncumbrances.sol";
import {IReceivableStates} from "../../../contracts/receivables/interfaces/IReceivableStates.sol";
import {VM} from "../support/Vm.sol";
import {ReceivableActs} from "./ReceivableActs.sol";

/// @title ReservingActs
/// @notice Receivables and orders are reserved, by lenders of whom nobody knows whether they are the same bank.
abstract contract ReservingActs is ReceivableActs {
    function reserveReceivable(uint256 seed) external act(seed) {
        (uint256 i, bool any) = _freeBill();
        if (!any) return;
        Bill storage bill = _bills[i];
        (IEncumbrances.Reservation memory wanted, uint256 lender, bool may) = _reservation(bill.id, bill.purchases);
        bytes32 details = _detailsOf(wanted);
        (bytes32[] memory ids, uint64[] memory covers) = _ordersOf(bill);
        (LenderConsent[] memory first, bool all) = _liveLenders(
            ids,
            covers,
            keccak256("YIELD"),
            keccak256(abi.encode(bill.id, details))
        );
        may = may && all && bill.disputes == 0 && _allInForce(bill);
        may = may && (bill.part || !_suspended[bill.supplier]);
        may = may && bill.status == IReceivableStates.ReceivableStatus.CONFIRMED;
        uint256 holder = _rarely() ? lender : bill.holder;
        if (!_agree(wanted, [holder, lender], details, _coverOf(bill), first, may && holder == bill.holder)) return;
        bill.everClaimed = true;
        for (uint256 j; j < ids.length; ++j) if (_live(ids[j])) _yielded[lender][_claims[ids[j]].lender] = true;
    }

    function reserveOrder(uint256 seed) external act(seed) {
        (uint256 i, bool any) = _purchaseThatIs(IOrderLifeCycle.OrderStatus.ACCEPTED);
        if (!any) return;
        Purchase storage bought = _purchases[i];
        uint256[] memory lineage = new uint256[](1);
        lineage[0] = i;
        (IEncumbrances.Reservation memory wanted, uint256 lender, bool may) = _reservation(bought.id, lineage);
        bytes32 details = _detailsOf(wanted);
        bytes32 yielded = keccak256(abi.encode(bought.id, details));
        (LenderConsent[] memory first, bool all) = _lineageLenders(i, false, keccak256("YIELD"), yielded);
        may = may && all && bought.status == IOrderLifeCycle.OrderStatus.ACCEPTED && !_suspended[bought.supplier];
        may = may && !bought.framework;
        // Operators have the keys 2000 + member, revoked ones 3000 + member.
        uint256 holder = (_rarely() ? 3000 : 2000) + (_rarely() ? 7 - bought.supplier : bought.supplier);
        if (!_agree(wanted, [holder, lender], details, bought.cover, first, may && holder == 2000 + bought.supplier))
            return;
        ++bought.cover;
        for (uint256 j; j < first.length; ++j)
            if (_live(first[j].object)) _yielded[_claims[first[j].object].lender][lender] = true;
    }

    /// @dev Mostly one that is confirmed, undisputed and free.
    function _freeBill() internal returns (uint256, bool) {
        uint256 count = _bills.length;
        uint256 from = _roll(count + 1);
        for (uint256 i = _sometimes() ? count : 0; i < count; ++i) {
            Bill storage bill = _bills[(from + i) % count];
            bool confirmed = bill.status == IReceivableStates.ReceivableStatus.CONFIRMED;
            if (confirmed && bill.disputes == 0 && !_live(bill.id)) return ((from + i) % count, true);
        }
        return _billThatIs(IReceivableStates.ReceivableStatus.CONFIRMED);
    }

    /// @dev What a new lender offers, and whether it may as far as it, the object and the tags are concerned.
    function _reservation(
        bytes32 object,
        uint256[] memory lineage
    ) internal returns (IEncumbrances.Reservation memory wanted, uint256 lender, bool may) {
        bool known = _rarely();
        lender = known ? 2005 : _newKey();
        wanted.object = object;
        wanted.lender = VM.addr(lender);
        wanted.kind = uint8(_rarely() ? 3 : 1 + _roll(2));
        wanted.disburseBy = uint40(_rarely() ? _now + 5 days + 1 : _now + _roll(2 days));
        wanted.terms = bytes32(_roll(type(uint128).max));
        wanted.orderTags = new IEncumbrances.OrderTag[](lineage.length);
        for (uint256 i; i < lineage.length; ++i) {
            Purchase storage bought = _purchases[lineage[i]];
            wanted.orderTags[i] = _orderTag(bought.id, bought.buyer, bought.number);
        }
        may = wanted.kind != 3 && wanted.disburseBy <= _now + 5 days && !(known && _suspended[5]);
        may = may && !_live(object) && _numbersFree(lineage);
    }

    /// @dev Both sign, somebody sends. `keys` are the holder's and the lender's.
    function _agree(
        IEncumbrances.Reservation memory wanted,
        uint256[2] memory keys,
        bytes32 details,
        uint64 cover,
        LenderConsent[] memory first,
        bool may
    ) private returns (bool) {
        (SignedConsent memory holder, bool good) = _consent(
            keys[0],
            wanted.object,
            keccak256("RESERVE"),
            details,
            cover
        );
        (SignedConsent memory lender, bool fine) = _consent(
            keys[1],
            wanted.object,
            keccak256("RESERVE"),
            details,
            cover
        );
        try receivables.reserve(wanted, holder, lender, first) {
            _note(may && good && fine, true, "reserve");
            _clearLapsedOf(first);
            _claims[wanted.object] = Claim(
                keys[1],
                IEncumbranceStates.EncumbranceState.RESERVED,
                wanted.kind,
                false,
                wanted.disburseBy
            );
            _markFinanced(wanted);
            return true;
        } catch {
            _note(may && good && fine, false, "reserve");
            return false;
        }
    }

    function _markFinanced(IEncumbrances.Reservation memory wanted) internal {
        for (uint256 i; i < _purchases.length; ++i)
            for (uint256 j; j < wanted.orderTags.length; ++j)
                if (_purchases[i].id == wanted.orderTags[j].order) _purchases[i].financed = true;
    }

    /// @dev Whether no other purchase of the same number was financed, nor stands beside it in the lineage.
    function _numbersFree(uint256[] memory lineage) private view returns (bool) {
        for (uint256 i; i < lineage.length; ++i) {
            for (uint256 j; j < i; ++j)
                if (_purchases[lineage[j]].number == _purchases[lineage[i]].number) return false;
            for (uint256 j; j < _purchases.length; ++j) if (_sameFinanced(j, lineage[i])) return false;
        }
        return true;
    }

    function _sameFinanced(uint256 other, uint256 purchase) private view returns (bool) {
        if (other == purchase || !_purchases[other].financed) return false;
        bool sameBuyer = _purchases[other].buyer == _purchases[purchase].buyer;
        return sameBuyer && _purchases[other].number == _purchases[purchase].number;
    }

    /// @dev As `OrderActs` says.
    function _lineageLenders(
        uint256 purchase,
        bool own,
        bytes32 what,
        bytes32 details
    ) internal override returns (LenderConsent[] memory named, bool good) {
        (bytes32[] memory objects, uint64[] memory covers) = _claimedIn(purchase, own);
        uint256 left = objects.length > 0 && _sometimes() ? _roll(objects.length) : objects.length;
        // A lapsed claim on the order itself need not be named.
        good = left == objects.length || (objects[left] == _purchases[purchase].id && !_live(objects[left]));
        named = new LenderConsent[](left == objects.length ? left : objects.length - 1);
        uint256 next;
        for (uint256 i; i < objects.length; ++i) {
            if (i == left) continue;
            if (_live(objects[i])) (named[next], good) = _lenderConsent(objects[i], covers[i], what, details, good);
            else named[next].object = objects[i];
            ++next;
        }
    }

    /// @dev Objects of a purchase's lineage with a recorded claim, ascending.
    function _claimedIn(
        uint256 purchase,
        bool own
    ) private view returns (bytes32[] memory objects, uint64[] memory covers) {
        bool self = own && _claims[_purchases[purchase].id].lender != 0;
        uint256 count = _claimsBelow(purchase) + (self ? 1 : 0);
        (objects, covers) = (new bytes32[](count), new uint64[](count));
        uint256 next;
        if (self) (objects[next], covers[next++]) = (_purchases[purchase].id, _purchases[purchase].cover);
        for (uint256 i; i < _bills.length; ++i)
            if (_claims[_bills[i].id].lender != 0 && _bornFrom(_bills[i], purchase))
                (objects[next], covers[next++]) = (_bills[i].id, _coverOf(_bills[i]));
        for (uint256 i = 1; i < count; ++i)
            for (uint256 j = i; j > 0 && objects[j] < objects[j - 1]; --j) {
                (objects[j], objects[j - 1]) = (objects[j - 1], objects[j]);
                (covers[j], covers[j - 1]) = (covers[j - 1], covers[j]);
            }
    }
}
