// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LenderConsent} from "../../../contracts/libraries/Consents.sol";
import {IEncumbranceStates} from "../../../contracts/receivables/interfaces/IEncumbranceStates.sol";
import {IReceivableStates} from "../../../contracts/receivables/interfaces/IReceivableStates.sol";
import {ReceivableEntryKinds} from "../../../contracts/receivables/libraries/ReceivableEntryKinds.sol";
import {VM} from "../support/Vm.sol";
import {EncumbranceActs} from "./EncumbranceActs.sol";

/// @title PaymentActs
/// @notice Payments, credit notes and disputes.
abstract contract PaymentActs is EncumbranceActs {
    /// @dev Kind of an entry that awaits its answer.
    mapping(bytes32 bill => mapping(uint32 index => uint8 kind)) private _open;

    function claimPayment(uint256 seed) external act(seed) {
        (uint256 i, Speaker memory by, bool may, bool any) = _confirmedBill(true);
        if (!any) return;
        Bill storage bill = _bills[i];
        VM.prank(by.account);
        try receivables.claimPayment(bill.id, "payment") {
            _note(may, true, "claimPayment");
            _open[bill.id][bill.entries] = ReceivableEntryKinds.PAYMENT_CLAIM;
            _append(bill, ReceivableEntryKinds.PAYMENT_CLAIM, "payment", 0);
        } catch {
            _note(may, false, "claimPayment");
        }
    }

    function withdrawPayment(uint256 seed) external act(seed) {
        (uint256 i, uint32 index, bool any) = _entry(ReceivableEntryKinds.PAYMENT_CLAIM);
        if (!any || _roll(2) == 0) return;
        Bill storage bill = _bills[i];
        Speaker memory by = _speaker(bill.obligor);
        bool may = by.live && by.member == bill.obligor && _open[bill.id][index] == ReceivableEntryKinds.PAYMENT_CLAIM;
        may = may && bill.status == IReceivableStates.ReceivableStatus.CONFIRMED;
        VM.prank(by.account);
        try receivables.withdrawPayment(bill.id, index) {
            _note(may, true, "withdrawPayment");
            delete _open[bill.id][index];
            _append(bill, ReceivableEntryKinds.PAYMENT_WITHDRAWAL, 0, index);
        } catch {
            _note(may, false, "withdrawPayment");
        }
    }

    function acknowledgePayment(uint256 seed) external act(seed) {
        (uint256 i, uint32 index, bool any) = _entry(ReceivableEntryKinds.PAYMENT_CLAIM);
        if (!any) return;
        Bill storage bill = _bills[i];
        (address by, bool may) = _payee(bill);
        bool settles = _roll(3) == 0;
        bytes32 details = keccak256(abi.encode(bill.id, index));
        (LenderConsent[] memory lenders, bool all) = _settlementLenders(bill, details, settles);
        may = may && all && bill.status == IReceivableStates.ReceivableStatus.CONFIRMED;
        may = may && _open[bill.id][index] == ReceivableEntryKinds.PAYMENT_CLAIM;
        VM.prank(by);
        try receivables.acknowledgePayment(bill.id, index, settles, lenders) {
            _note(may, true, "acknowledgePayment");
            delete _open[bill.id][index];
            _append(bill, settles ? 4 : 3, 0, index);
            ++bill.cover;
            if (settles) bill.status = IReceivableStates.ReceivableStatus.SETTLED;
        } catch {
            _note(may, false, "acknowledgePayment");
        }
    }

    /// @notice The payee says that nothing is owed any more.
    function settle(uint256 seed) external act(seed) {
        (uint256 i, bool any) = _billThatIs(IReceivableStates.ReceivableStatus.CONFIRMED);
        if (!any || _roll(2) == 0) return;
        Bill storage bill = _bills[i];
        (address by, bool may) = _payee(bill);
        bytes32 details = keccak256(abi.encode(bill.id, bill.head));
        (LenderConsent[] memory lenders, bool all) = _settlementLenders(bill, details, true);
        may = may && all && bill.status == IReceivableStates.ReceivableStatus.CONFIRMED;
        VM.prank(by);
        try receivables.settle(bill.id, lenders) {
            _note(may, true, "settle");
            _append(bill, ReceivableEntryKinds.SETTLEMENT_DECLARATION, 0, 0);
            ++bill.cover;
            bill.status = IReceivableStates.ReceivableStatus.SETTLED;
        } catch {
            _note(may, false, "settle");
        }
    }

    function issueCreditNote(uint256 seed) external act(seed) {
        (uint256 i, Speaker memory by, bool may, bool any) = _confirmedBill(false);
        if (!any) return;
        Bill storage bill = _bills[i];
        VM.prank(by.account);
        try receivables.issueCreditNote(bill.id, "credit") {
            _note(may, true, "issueCreditNote");
            _append(bill, ReceivableEntryKinds.CREDIT_NOTE, "credit", 0);
            ++bill.cover;
        } catch {
            _note(may, false, "issueCreditNote");
        }
    }

    function openDispute(uint256 seed) external act(seed) {
        (uint256 i, Speaker memory by, bool may, bool any) = _confirmedBill(true);
        if (!any || _roll(2) == 0) return;
        Bill storage bill = _bills[i];
        VM.prank(by.account);
        try receivables.openDispute(bill.id, "dispute") {
            _note(may, true, "openDispute");
            _open[bill.id][bill.entries] = ReceivableEntryKinds.DISPUTE;
            _append(bill, ReceivableEntryKinds.DISPUTE, "dispute", 0);
            ++bill.cover;
            ++bill.disputes;
        } catch {
            _note(may, false, "openDispute");
        }
    }

    function resolveDispute(uint256 seed) external act(seed) {
        (uint256 i, uint32 index, bool any) = _entry(ReceivableEntryKinds.DISPUTE);
        if (!any) return;
        Bill storage bill = _bills[i];
        Speaker memory by = _speaker(bill.obligor);
        bool may = by.live && by.member == bill.obligor && _open[bill.id][index] == ReceivableEntryKinds.DISPUTE;
        VM.prank(by.account);
        try receivables.resolveDispute(bill.id, index, "resolved") {
            _note(may, true, "resolveDispute");
            delete _open[bill.id][index];
            _append(bill, ReceivableEntryKinds.DISPUTE_RESOLUTION, "resolved", index);
            --bill.disputes;
        } catch {
            _note(may, false, "resolveDispute");
        }
    }

    /// @dev Mostly a confirmed bill and its obligor, or supplier, and whether that one may say something of it.
    function _confirmedBill(bool obligor) private returns (uint256 i, Speaker memory by, bool may, bool any) {
        (i, any) = _billThatIs(IReceivableStates.ReceivableStatus.CONFIRMED);
        if (!any) return (i, by, false, false);
        uint32 member = obligor ? _bills[i].obligor : _bills[i].supplier;
        by = _speaker(member);
        may = by.live && by.member == member && _bills[i].status == IReceivableStates.ReceivableStatus.CONFIRMED;
    }

    /// @dev An entry of that kind that awaits its answer, from a random bill on; where there is none, now and then any.
    function _entry(uint8 kind) private returns (uint256 bill, uint32 index, bool any) {
        uint256 count = _bills.length;
        if (count == 0) return (0, 0, false);
        uint256 from = _roll(count);
        for (uint256 i; i < count; ++i) {
            bill = (from + i) % count;
            for (index = 0; index < _bills[bill].entries; ++index)
                if (_open[_bills[bill].id][index] == kind) return (bill, index, true);
        }
        return (from, uint32(_roll(4)), _roll(8) == 0);
    }

    /// @dev The payee entitled now; now and then somebody else.
    function _payee(Bill storage bill) private returns (address by, bool may) {
        uint256 entitled = _redirected(bill) ? _claims[bill.id].lender : bill.holder;
        return _rarely() ? (VM.addr(_newKey()), false) : (VM.addr(entitled), true);
    }

    function _redirected(Bill storage bill) private view returns (bool) {
        return _claims[bill.id].state == IEncumbranceStates.EncumbranceState.NOTIFIED;
    }

    /// @dev The holder settles with each lender whose claim reaches the bill; a payee that is the lender settles alone.
    function _settlementLenders(
        Bill storage bill,
        bytes32 details,
        bool settles
    ) private returns (LenderConsent[] memory, bool good) {
        if (!settles || _redirected(bill)) return (new LenderConsent[](0), true);
        (bytes32[] memory ids, uint64[] memory covers) = _ordersOf(bill);
        bytes32[] memory objects = new bytes32[](ids.length + 1);
        uint64[] memory theirs = new uint64[](ids.length + 1);
        (objects[0], theirs[0]) = (bill.id, _coverOf(bill));
        for (uint256 i; i < ids.length; ++i) (objects[i + 1], theirs[i + 1]) = (ids[i], covers[i]);
        return _liveLenders(objects, theirs, keccak256("SETTLE"), details);
    }
}
