// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IOrderLifeCycle} from "../../../contracts/orders/interfaces/IOrderLifeCycle.sol";
import {IEncumbranceStates} from "../../../contracts/receivables/interfaces/IEncumbranceStates.sol";
import {IReceivableStates} from "../../../contracts/receivables/interfaces/IReceivableStates.sol";
import {VM} from "../support/Vm.sol";
import {World} from "./World.sol";

/// @title Model
/// @notice What must be so, kept as plainly as possible: lists that are walked, no counts, no packing, no short cuts.
abstract contract Model is World {
    /// @param lender Private key of its one-time account, 0 where nothing is recorded.
    struct Claim {
        uint256 lender;
        IEncumbranceStates.EncumbranceState state;
        uint8 kind;
        bool noticed;
        uint40 by;
    }

    /// @param number The buyer's own order number.
    /// @param framework Whether it is a framework contract.
    /// @param calledOff Framework contract that it calls off, zero for none.
    /// @param wantsCancelled Of buyer and supplier; likewise wantsCompleted.
    /// @param financed Whether anything in its lineage was ever reserved.
    struct Purchase {
        bytes32 id;
        uint32 buyer;
        uint32 supplier;
        bytes32 commitment;
        IOrderLifeCycle.OrderStatus status;
        uint40 expiry;
        uint256 number;
        bool financed;
        bool framework;
        bytes32 calledOff;
        bool[2] wantsCancelled;
        bool[2] wantsCompleted;
        uint32 changeBy;
        bytes32 pending;
        uint32 version;
        uint32 cover;
        uint32 entries;
        bytes32 head;
    }

    /// @param number The invoice's own number.
    /// @param part Whether it is a part of a split: then its whole bears the number.
    struct Bill {
        bytes32 id;
        uint32 obligor;
        uint32 supplier;
        IReceivableStates.ReceivableStatus status;
        uint256 holder;
        uint256 number;
        uint256[] purchases;
        bytes32 successor;
        bool everClaimed;
        uint32 disputes;
        uint32 cover;
        uint32 entries;
        bytes32 head;
        bool part;
    }

    struct Count {
        uint256 calls;
        uint256 successes;
    }

    Purchase[] internal _purchases;
    Bill[] internal _bills;
    mapping(bytes32 object => Claim) internal _claims;
    /// @dev Whether the first of two lenders on one path signed that the second may come too.
    mapping(uint256 lower => mapping(uint256 upper => bool)) internal _yielded;
    mapping(uint32 member => bool) internal _suspended;
    mapping(bytes4 act => Count) private _counts;
    uint256 internal _now = 1_800_000_000;
    /// @dev While the world is furnished: nobody errs, and nothing is counted.
    bool internal _honest;
    uint256 private _dice;
    uint256 private _draws;

    /// @notice What a registry did or refused and the model says otherwise; empty as long as they agree.
    string public disagreement;

    constructor() {
        VM.warp(_now);
    }

    /// @dev Throws the dice anew for an act; `_roll` draws from them.
    modifier act(uint256 seed) {
        _dice = uint256(keccak256(abi.encode(seed, _dice)));
        _now += _roll(90 minutes);
        VM.warp(_now);
        _;
    }

    function counted(bytes4 selector) external view returns (Count memory) {
        return _counts[selector];
    }

    function _roll(uint256 sides) internal returns (uint256) {
        return uint256(keccak256(abi.encode(_dice, ++_draws))) % sides;
    }

    function _rarely() internal returns (bool) {
        return !_honest && _roll(16) == 0;
    }

    function _sometimes() internal returns (bool) {
        return !_honest && _roll(4) == 0;
    }

    /// @dev Notes an act and whether the registry did with it what the model says it must.
    function _note(bool may, bool did, string memory what) internal {
        if (!_honest) {
            ++_counts[msg.sig].calls;
            if (did) ++_counts[msg.sig].successes;
        }
        if (may != did && bytes(disagreement).length == 0)
            disagreement = string.concat(did ? "done against the rules: " : "refused against the rules: ", what);
    }

    function _lapsed(Claim storage claim) internal view returns (bool) {
        return claim.state == IEncumbranceStates.EncumbranceState.RESERVED && _now > claim.by;
    }

    function _live(bytes32 object) internal view returns (bool) {
        Claim storage claim = _claims[object];
        return claim.lender != 0 && !_lapsed(claim);
    }

    function _bornFrom(Bill storage bill, uint256 purchase) internal view returns (bool) {
        for (uint256 i; i < bill.purchases.length; ++i) if (bill.purchases[i] == purchase) return true;
        return false;
    }

    /// @dev Claims recorded on receivables of a purchase, lapsed ones included until they are cleared.
    function _claimsBelow(uint256 purchase) internal view returns (uint256 count) {
        for (uint256 i; i < _bills.length; ++i)
            if (_claims[_bills[i].id].lender != 0 && _bornFrom(_bills[i], purchase)) ++count;
    }

    function _inForce(uint256 purchase) internal view returns (bool) {
        IOrderLifeCycle.OrderStatus status = _purchases[purchase].status;
        return status == IOrderLifeCycle.OrderStatus.ACCEPTED || status == IOrderLifeCycle.OrderStatus.COMPLETED;
    }

    function _allInForce(Bill storage bill) internal view returns (bool) {
        for (uint256 i; i < bill.purchases.length; ++i) if (!_inForce(bill.purchases[i])) return false;
        return true;
    }

    /// @dev Cover version of a bill as consents name it.
    function _coverOf(Bill storage bill) internal view returns (uint64 cover) {
        cover = bill.cover;
        for (uint256 i; i < bill.purchases.length; ++i) cover += _purchases[bill.purchases[i]].cover;
    }
}
