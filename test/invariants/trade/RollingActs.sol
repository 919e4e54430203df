// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LenderConsent, SignedConsent} from "../../../contracts/libraries/Consents.sol";
import {IEncumbranceStates} from "../../../contracts/receivables/interfaces/IEncumbranceStates.sol";
import {IEncumbrances} from "../../../contracts/receivables/interfaces/IEncumbrances.sol";
import {IReceivableStates} from "../../../contracts/receivables/interfaces/IReceivableStates.sol";
import {ReservingActs} from "./ReservingActs.sol";

/// @title RollingActs
/// @notice Claims on orders are taken over to receivables born from them.
abstract contract RollingActs is ReservingActs {
    /// @notice A claim on an order moves to a receivable born from it.
    function rollOver(uint256 seed) external act(seed) {
        (uint256 i, uint256 j, bool any) = _rollable();
        if (!any) return;
        (Purchase storage bought, Bill storage bill) = (_purchases[i], _bills[j]);
        (IEncumbrances.Reservation memory wanted, uint256 lender, bool may) = _reservation(bill.id, bill.purchases);
        bytes32 details = _detailsOf(wanted);
        (bytes32[] memory ids, uint64[] memory covers) = _ordersOf(bill);
        bytes32 yielded = keccak256(abi.encode(bill.id, bought.id, details));
        (LenderConsent[] memory first, bool all) = _liveLenders(ids, covers, keccak256("ROLL_OVER"), yielded);
        may = may && all && bill.disputes == 0 && _allInForce(bill) && _disbursedOrder(i) && _bornFrom(bill, i);
        may = may && (bill.part || !_suspended[bill.supplier]);
        may = may && bill.status == IReceivableStates.ReceivableStatus.CONFIRMED;
        bytes32 agreed = keccak256(abi.encode(bought.id, details));
        may = _moveClaim(bought.id, wanted, [bill.holder, lender], agreed, _coverOf(bill), first, may);
        if (!may) return;
        delete _claims[bought.id];
        bill.everClaimed = true;
        for (uint256 k; k < ids.length; ++k) if (_live(ids[k])) _yielded[lender][_claims[ids[k]].lender] = true;
    }

    /// @dev Both sign, somebody sends. `keys` are the holder's and the lender's.
    function _moveClaim(
        bytes32 order,
        IEncumbrances.Reservation memory wanted,
        uint256[2] memory keys,
        bytes32 agreed,
        uint64 cover,
        LenderConsent[] memory first,
        bool may
    ) private returns (bool) {
        bytes32 what = keccak256("ROLL_OVER");
        (SignedConsent memory holder, bool good) = _consent(keys[0], wanted.object, what, agreed, cover);
        (SignedConsent memory lender, bool fine) = _consent(keys[1], wanted.object, what, agreed, cover);
        may = may && good && fine;
        try receivables.rollOver(order, wanted, holder, lender, first) {
            _note(may, true, "rollOver");
            IEncumbranceStates.EncumbranceState to =
                wanted.kind == 1
                    ? IEncumbranceStates.EncumbranceState.PLEDGED
                    : IEncumbranceStates.EncumbranceState.ASSIGNED;
            _claims[wanted.object] = Claim(keys[1], to, wanted.kind, false, wanted.disburseBy);
            _markFinanced(wanted);
            return true;
        } catch {
            _note(may, false, "rollOver");
            return false;
        }
    }

    function _disbursedOrder(uint256 i) private view returns (bool) {
        IEncumbranceStates.EncumbranceState state = _claims[_purchases[i].id].state;
        return _live(_purchases[i].id) && state != IEncumbranceStates.EncumbranceState.RESERVED;
    }

    /// @dev A purchase whose lender's money is out and a free bill of it, from a random one on: one that is kept for good by
    /// what no act here mends would be all that is tried. Where there is none, now and then any two.
    function _rollable() private returns (uint256, uint256, bool) {
        uint256 from = _roll(_purchases.length + 1);
        for (uint256 n; n < _purchases.length; ++n) {
            uint256 i = (from + n) % _purchases.length;
            if (!_disbursedOrder(i)) continue;
            for (uint256 j; j < _bills.length; ++j) {
                bool confirmed = _bills[j].status == IReceivableStates.ReceivableStatus.CONFIRMED;
                bool free = confirmed && _bornFrom(_bills[j], i) && !_live(_bills[j].id);
                if (free && _bills[j].disputes == 0 && _allInForce(_bills[j])) return (i, j, true);
            }
        }
        bool any = _purchases.length > 0 && _bills.length > 0 && _roll(32) == 0;
        return any ? (_roll(_purchases.length), _roll(_bills.length), true) : (0, 0, false);
    }
}
