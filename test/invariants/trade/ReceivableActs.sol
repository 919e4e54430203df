// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LenderConsent, SignedConsent} from "../../../contracts/libraries/Consents.sol";
import {IReceivableStates} from "../../../contracts/receivables/interfaces/IReceivableStates.sol";
import {IOrderLifeCycle} from "../../../contracts/orders/interfaces/IOrderLifeCycle.sol";
import {VM} from "../support/Vm.sol";
import {OrderActs} from "./OrderActs.sol";

/// @title ReceivableActs
/// @notice Receivables are issued, confirmed and voided.
abstract contract ReceivableActs is OrderActs {
    uint256 private constant NUMBERS = 8;

    /// @dev Bill, plus one, that bears an invoice number's fingerprints.
    mapping(uint32 obligor => mapping(uint256 number => uint256)) private _bearer;

    function issue(uint256 seed) external act(seed) {
        (uint256 first, bool any) = _purchaseThatIs(IOrderLifeCycle.OrderStatus.ACCEPTED);
        if (!any) return;
        uint256[] memory lineage = _lineageFrom(first);
        Speaker memory by = _speaker(_purchases[first].supplier);
        bool may = by.live && by.member == _purchases[first].supplier && !_suspended[by.member];
        for (uint256 i; i < lineage.length; ++i) {
            may =
                may &&
                !_purchases[lineage[i]].framework &&
                _inForce(lineage[i]) &&
                (i == 0 || lineage[i] != lineage[i - 1]);
            may = may && _purchases[lineage[i]].buyer == _purchases[first].buyer;
            may = may && _purchases[lineage[i]].supplier == _purchases[first].supplier;
        }
        uint256 holder = _newKey();
        VM.prank(by.account);
        try receivables.issue(_idsOf(lineage), "invoice", VM.addr(holder), bytes32(holder)) returns (bytes32 id) {
            _note(may, true, "issue");
            Bill storage bill = _bills.push();
            (bill.id, bill.holder, bill.number) = (id, holder, _roll(NUMBERS));
            (bill.obligor, bill.supplier) = (_purchases[first].buyer, by.member);
            bill.status = IReceivableStates.ReceivableStatus.ISSUED;
            bill.purchases = lineage;
        } catch {
            _note(may, false, "issue");
        }
    }

    function confirm(uint256 seed) external act(seed) {
        (uint256 i, bool any) = _billThatIs(IReceivableStates.ReceivableStatus.ISSUED);
        if (!any) return;
        Bill storage bill = _bills[i];
        Speaker memory by = _speaker(bill.obligor);
        uint256 bearer = _bearer[bill.obligor][bill.number];
        bool may = by.live && by.member == bill.obligor && !_suspended[by.member] && _allInForce(bill);
        may = may && bill.status == IReceivableStates.ReceivableStatus.ISSUED;
        may = may && (bearer == 0 || _succeeds(bill.id, bearer - 1));
        bytes32[] memory fingerprints = _tagsOf(bill.obligor, "invoice", bill.number);
        VM.prank(by.account);
        try receivables.confirm(bill.id, "confirmation", uint8(_dice8()), 1, 1, fingerprints) {
            _note(may, true, "confirm");
            bill.status = IReceivableStates.ReceivableStatus.CONFIRMED;
            _bearer[bill.obligor][bill.number] = i + 1;
            for (uint256 j; j < bill.purchases.length; ++j) ++_purchases[bill.purchases[j]].cover;
            _append(bill, 1, "confirmation", 0);
        } catch {
            _note(may, false, "confirm");
        }
    }

    function voidReceivable(uint256 seed) external act(seed) {
        (uint256 i, bool any) = _billThatIs(
            _roll(2) == 0 ? IReceivableStates.ReceivableStatus.ISSUED : IReceivableStates.ReceivableStatus.CONFIRMED
        );
        if (!any) return;
        Bill storage bill = _bills[i];
        Speaker memory by = _speaker(bill.obligor);
        (bytes32 successor, bool fit) = _someSuccessor(bill);
        bytes32 details = keccak256(abi.encode(bill.id, successor));
        (SignedConsent memory holder, bool good) = _consent(
            bill.holder,
            bill.id,
            keccak256("VOID"),
            details,
            _coverOf(bill)
        );
        (bytes32[] memory ids, uint64[] memory covers) = _ordersOf(bill);
        (LenderConsent[] memory first, bool all) = _liveLenders(ids, covers, keccak256("VOID"), details);
        bool open =
            bill.status == IReceivableStates.ReceivableStatus.ISSUED ||
                bill.status == IReceivableStates.ReceivableStatus.CONFIRMED;
        bool may = by.live && by.member == bill.obligor && open && !_live(bill.id) && fit && good && all;
        VM.prank(by.account);
        try receivables.voidReceivable(bill.id, successor, holder, first) {
            _note(may, true, "voidReceivable");
            delete _claims[bill.id];
            bill.status = IReceivableStates.ReceivableStatus.VOID;
            bill.successor = successor;
        } catch {
            _note(may, false, "voidReceivable");
        }
    }

    function _append(Bill storage bill, uint8 kind, bytes32 commitment, uint32 about) internal {
        bytes32 entry = keccak256(abi.encode(bill.id, bill.entries++, kind, commitment, about, uint40(_now)));
        bill.head = keccak256(abi.encode(bill.head, entry));
    }

    /// @dev One in that state from a random one on; now and then, and sometimes where there is none, any.
    function _billThatIs(IReceivableStates.ReceivableStatus status) internal returns (uint256, bool) {
        uint256 count = _bills.length;
        if (count == 0) return (0, false);
        uint256 from = _roll(count);
        bool any = _rarely();
        for (uint256 i; i < count && !any; ++i) {
            uint256 each = (from + i) % count;
            if (_bills[each].status == status) return (each, true);
        }
        return (from, any || _sometimes());
    }

    function _ordersOf(Bill storage bill) internal view returns (bytes32[] memory ids, uint64[] memory covers) {
        ids = _idsOf(bill.purchases);
        covers = new uint64[](ids.length);
        for (uint256 i; i < ids.length; ++i) covers[i] = _purchases[bill.purchases[i]].cover;
    }

    function _idsOf(uint256[] memory lineage) private view returns (bytes32[] memory ids) {
        ids = new bytes32[](lineage.length);
        for (uint256 i; i < ids.length; ++i) ids[i] = _purchases[lineage[i]].id;
    }

    /// @dev Up to three purchases by ascending id, mostly of the same parties and in force, now and then one of them twice.
    function _lineageFrom(uint256 first) private returns (uint256[] memory lineage) {
        uint256 wanted = 1 + _roll(3);
        uint256[] memory found = new uint256[](wanted);
        uint256 count;
        found[count++] = first;
        for (uint256 i; i < _purchases.length && count < wanted; ++i) {
            bool related =
                _purchases[i].buyer == _purchases[first].buyer &&
                    _purchases[i].supplier == _purchases[first].supplier &&
                    i != first &&
                    _inForce(i);
            if (related || _roll(40) == 0) found[count++] = i;
        }
        lineage = new uint256[](count);
        for (uint256 i; i < count; ++i) lineage[i] = found[i];
        for (uint256 i = 1; i < count; ++i)
            for (uint256 j = i; j > 0 && _purchases[lineage[j]].id < _purchases[lineage[j - 1]].id; --j)
                (lineage[j], lineage[j - 1]) = (lineage[j - 1], lineage[j]);
    }

    /// @dev Mostly none; else any bill, which mostly is none that may succeed.
    function _someSuccessor(Bill storage bill) private returns (bytes32 successor, bool fit) {
        if (_roll(2) == 0) return (0, true);
        (uint256 i, ) = _billThatIs(IReceivableStates.ReceivableStatus.ISSUED);
        successor = _bills[i].id;
        fit = successor != bill.id && !bill.everClaimed && !bill.part;
        fit = fit && _bills[i].status == IReceivableStates.ReceivableStatus.ISSUED;
    }

    /// @dev Whether a bill is the successor, or the successor's successor and so on, of a voided one.
    function _succeeds(bytes32 id, uint256 bearer) private view returns (bool) {
        bytes32 successor = _bills[bearer].successor;
        for (uint256 i; i < _bills.length; ++i) {
            if (successor == id) return true;
            for (uint256 j; j < _bills.length; ++j)
                if (_bills[j].id == successor) {
                    successor = _bills[j].successor;
                    break;
                }
        }
        return false;
    }

    function _dice8() private returns (uint256) {
        return _roll(8);
    }
}
