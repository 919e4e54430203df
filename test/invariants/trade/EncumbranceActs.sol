// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IEncumbranceStates} from "../../../contracts/receivables/interfaces/IEncumbranceStates.sol";
import {IReceivableStates} from "../../../contracts/receivables/interfaces/IReceivableStates.sol";
import {VM} from "../support/Vm.sol";
import {RollingActs} from "./RollingActs.sol";

/// @title EncumbranceActs
/// @notice What becomes of reservations.
abstract contract EncumbranceActs is RollingActs {
    function disburse(uint256 seed) external act(seed) {
        (bytes32 object, bool any) = _claimThatIs(IEncumbranceStates.EncumbranceState.RESERVED);
        if (!any) return;
        Claim storage claim = _claims[object];
        (address by, bool may) = _lender(object);
        may = may && claim.state == IEncumbranceStates.EncumbranceState.RESERVED && _payable(object);
        VM.prank(by);
        try receivables.disburse(object, 0) {
            _note(may, true, "disburse");
            claim.state =
                claim.kind == 1
                    ? IEncumbranceStates.EncumbranceState.PLEDGED
                    : IEncumbranceStates.EncumbranceState.ASSIGNED;
        } catch {
            _note(may, false, "disburse");
        }
    }

    function drop(uint256 seed) external act(seed) {
        (bytes32 object, bool any) = _claimThatIs(IEncumbranceStates.EncumbranceState.RESERVED);
        if (!any || _roll(2) == 0) return;
        (address by, bool may) = _lender(object);
        may = may && _claims[object].state == IEncumbranceStates.EncumbranceState.RESERVED;
        VM.prank(by);
        try receivables.drop(object) {
            _note(may, true, "drop");
            delete _claims[object];
        } catch {
            _note(may, false, "drop");
        }
    }

    function lapse(uint256 seed) external act(seed) {
        (bytes32 object, bool any) = _lapsedClaim();
        if (!any) return;
        bool may = _lapsed(_claims[object]);
        try receivables.lapse(object) {
            _note(may, true, "lapse");
            delete _claims[object];
        } catch {
            _note(may, false, "lapse");
        }
    }

    function notify(uint256 seed) external act(seed) {
        (bytes32 object, bool any) = _claimThatIs(
            _roll(2) == 0 ? IEncumbranceStates.EncumbranceState.PLEDGED : IEncumbranceStates.EncumbranceState.ASSIGNED
        );
        if (!any) return;
        Claim storage claim = _claims[object];
        (address by, bool may) = _lender(object);
        may = may && _disbursed(claim) && !claim.noticed && _isBill(object) && _payable(object);
        VM.prank(by);
        try receivables.notify(object, 0) {
            _note(may, true, "notify");
            claim.noticed = true;
        } catch {
            _note(may, false, "notify");
        }
    }

    function acknowledgeNotice(uint256 seed) external act(seed) {
        (bytes32 object, bool any) = _noticedClaim();
        if (!any || !_isBill(object)) return;
        Claim storage claim = _claims[object];
        Bill storage bill = _bills[_billOf(object)];
        Speaker memory by = _speaker(bill.obligor);
        bool may = by.live && by.member == bill.obligor && _disbursed(claim) && claim.noticed && _payable(object);
        // Now and then what was read is the notice of somebody else.
        (address lender, bool read) = _lender(object);
        may = may && read;
        VM.prank(by.account);
        try receivables.acknowledgeNotice(object, lender) {
            _note(may, true, "acknowledgeNotice");
            claim.state = IEncumbranceStates.EncumbranceState.NOTIFIED;
        } catch {
            _note(may, false, "acknowledgeNotice");
        }
    }

    function release(uint256 seed) external act(seed) {
        (bytes32 object, bool any) = _claimThatIs(IEncumbranceStates.EncumbranceState(2 + _roll(3)));
        if (!any) return;
        Claim storage claim = _claims[object];
        (address by, bool may) = _lender(object);
        may = may && (_disbursed(claim) || claim.state == IEncumbranceStates.EncumbranceState.NOTIFIED);
        VM.prank(by);
        try receivables.release(object, 0) {
            _note(may, true, "release");
            delete _claims[object];
        } catch {
            _note(may, false, "release");
        }
    }

    function _disbursed(Claim storage claim) private view returns (bool) {
        return
            claim.state == IEncumbranceStates.EncumbranceState.PLEDGED ||
            claim.state == IEncumbranceStates.EncumbranceState.ASSIGNED;
    }

    function _isBill(bytes32 object) private view returns (bool) {
        return _billOf(object) < _bills.length;
    }

    function _billOf(bytes32 object) private view returns (uint256 i) {
        while (i < _bills.length && _bills[i].id != object) ++i;
    }

    /// @dev An order, or a receivable that is still owed.
    function _payable(bytes32 object) private view returns (bool) {
        uint256 i = _billOf(object);
        return i == _bills.length || _bills[i].status == IReceivableStates.ReceivableStatus.CONFIRMED;
    }

    /// @dev The lender of a claim; now and then somebody else.
    function _lender(bytes32 object) private returns (address by, bool may) {
        if (_rarely()) return (VM.addr(_newKey()), false);
        uint256 key = _claims[object].lender;
        return (VM.addr(key == 0 ? _newKey() : key), _live(object));
    }

    function _objects() private view returns (uint256) {
        return _purchases.length + _bills.length;
    }

    function _object(uint256 i) private view returns (bytes32) {
        return i < _purchases.length ? _purchases[i].id : _bills[i - _purchases.length].id;
    }

    /// @dev Object of a claim in that state from a random one on; where there is none, any.
    function _claimThatIs(IEncumbranceStates.EncumbranceState state) private returns (bytes32, bool) {
        uint256 count = _objects();
        if (count == 0) return (0, false);
        uint256 from = _roll(count);
        bool lapsedToo = _rarely();
        for (uint256 i; i < count; ++i) {
            bytes32 object = _object((from + i) % count);
            bool found = lapsedToo ? _claims[object].lender != 0 : _live(object);
            if (found && _claims[object].state == state) return (object, true);
        }
        return (_object(from), _roll(8) == 0);
    }

    /// @dev Object of a lapsed claim; where there is none, now and then any.
    function _lapsedClaim() private returns (bytes32, bool) {
        uint256 count = _objects();
        for (uint256 i; i < count; ++i) if (_lapsed(_claims[_object(i)])) return (_object(i), true);
        return count > 0 && _roll(8) == 0 ? (_object(_roll(count)), true) : (bytes32(0), false);
    }

    /// @dev Object of a claim of which notice was given; where there is none, now and then any.
    function _noticedClaim() private returns (bytes32, bool) {
        uint256 count = _objects();
        for (uint256 i; i < count; ++i) {
            Claim storage claim = _claims[_object(i)];
            if (claim.noticed && claim.state != IEncumbranceStates.EncumbranceState.NOTIFIED) return (_object(i), true);
        }
        return count > 0 && _roll(8) == 0 ? (_object(_roll(count)), true) : (bytes32(0), false);
    }
}
