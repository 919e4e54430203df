// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LenderConsent, SignedConsent} from "../../../contracts/libraries/Consents.sol";
import {IOrderLifeCycle} from "../../../contracts/orders/interfaces/IOrderLifeCycle.sol";
import {IEncumbranceStates} from "../../../contracts/receivables/interfaces/IEncumbranceStates.sol";
import {IEncumbrances} from "../../../contracts/receivables/interfaces/IEncumbrances.sol";
import {Founding} from "../support/Founding.sol";
import {VM} from "../support/Vm.sol";
import {Signing} from "./Signing.sol";

/// @title TradeFuzz
/// @notice Properties of single acts over random values.
contract TradeFuzz is Signing {
    uint256 private constant HOLDER = 77;
    uint256 private constant LENDER = 78;
    bytes32 private constant RESERVE = keccak256("RESERVE");

    function setUp() public {
        _honest = true;
    }

    function testFuzz_AnOrderHoldsWhatWasPosted(bool other, bytes32 commitment, bytes32 tag, uint40 expiry) public {
        if (commitment == 0) commitment = keccak256("a commitment");
        if (expiry < _now) expiry = uint40(_now + expiry);
        uint32 supplier = other ? 4 : 3;
        bytes32 id = _post(supplier, commitment, tag, expiry);
        bytes32 domain = _domainOf(address(orders));
        require(id == keccak256(abi.encode(domain, uint32(1), supplier, commitment, tag)), "the id commits to less");
        IOrderLifeCycle.Order memory expected;
        (expected.buyer, expected.supplier, expected.expiry) = (1, supplier, expiry);
        (expected.status, expected.version) = (IOrderLifeCycle.OrderStatus.POSTED, 1);
        require(keccak256(abi.encode(orders.order(id))) == keccak256(abi.encode(expected)), "the slot differs");
    }

    function testFuzz_OrdersAreNamedAscendingAndOnce(uint8[5] memory picks, uint8 length) public {
        bytes32[4] memory known = [_accepted(1), _accepted(2), _accepted(3), _accepted(4)];
        bytes32[] memory named = new bytes32[](1 + (length % 5));
        bool ascending = true;
        for (uint256 i; i < named.length; ++i) {
            named[i] = known[picks[i] % 4];
            if (i > 0 && named[i] <= named[i - 1]) ascending = false;
        }
        try orders.partiesInForce(named) returns (uint32 buyer, uint32 supplier) {
            require(ascending && buyer == 1 && supplier == 3, "took orders that are not named in order");
        } catch {
            require(!ascending, "refused orders that are named in order");
        }
    }

    function testFuzz_TheLogIsAHashChain(uint8[6] memory kinds, bytes32 seed) public {
        bytes32 id = _accepted(0);
        bytes32 head;
        for (uint32 i; i < kinds.length; ++i) {
            uint8 kind = 1 + (kinds[i] % 8);
            bytes32 commitment = keccak256(abi.encode(seed, i));
            bytes32 supersedes = kinds[i] > 127 ? head : bytes32(0);
            VM.warp(_now += kinds[i]);
            VM.prank(Founding.operatorOf(1));
            orders.record(id, kind, commitment, supersedes);
            bytes memory entry = abi.encode(id, i, kind, uint32(1), commitment, supersedes, uint40(_now));
            head = keccak256(abi.encode(head, keccak256(entry)));
        }
        require(orders.headOf(id) == head && orders.order(id).entries == kinds.length, "the head leaves something out");
    }

    function testFuzz_AConsentIsToNothingElse(uint8 field, uint256 noise) public {
        bytes32 id = _accepted(0);
        IEncumbrances.Reservation memory wanted = _wanted(id, 1, uint40(_now + 1 days));
        (SignedConsent memory holder, SignedConsent memory lender) = _consents(wanted);
        bool changed = _disturb(wanted, lender, field, noise);
        try receivables.reserve(wanted, holder, lender, new LenderConsent[](0)) {
            require(!changed, "took a consent to something else");
        } catch {
            require(changed, "refused a consent to just this");
        }
    }

    function testFuzz_AReservationHoldsUntilTheSecondThatItNames(uint40 holds, uint40 later) public {
        holds = uint40(holds % (5 days + 1));
        // Every other time just about then.
        later = later % 2 == 0 ? uint40(later % 10 days) : holds + uint40((later >> 1) % 3);
        if (later > 0) --later;
        bytes32 id = _accepted(0);
        IEncumbrances.Reservation memory wanted = _wanted(id, 1, uint40(_now + holds));
        (SignedConsent memory holder, SignedConsent memory lender) = _consents(wanted);
        receivables.reserve(wanted, holder, lender, new LenderConsent[](0));
        VM.warp(_now + later);
        bool live = receivables.encumbranceOf(id).state == IEncumbranceStates.EncumbranceState.RESERVED;
        require(live == (later <= holds), "holds too long or too short");
        VM.prank(VM.addr(LENDER));
        try receivables.disburse(id, 0) {
            require(live, "disbursed after it lapsed");
        } catch {
            require(!live, "not disbursed in time");
            receivables.lapse(id);
        }
    }

    function testFuzz_AFingerprintBacksOneReceivable(bytes32 first, bytes32 second) public {
        bytes32[] memory ids = new bytes32[](1);
        ids[0] = _accepted(0);
        for (uint256 i; i < 2; ++i) {
            VM.prank(Founding.operatorOf(3));
            bytes32 id = receivables.issue(ids, "invoice", VM.addr(HOLDER), bytes32(i));
            bytes32[] memory fingerprints = new bytes32[](1);
            fingerprints[0] = i == 0 ? first : second;
            VM.prank(Founding.operatorOf(1));
            try receivables.confirm(id, "confirmation", 0, 1, 1, fingerprints) {
                require(i == 0 || first != second, "took an invoice twice");
            } catch {
                require(i == 1 && first == second, "refused another invoice");
            }
        }
    }

    function testFuzz_APurchaseOrderIsFinancedOnce(uint8 first, uint8 second) public {
        for (uint256 i; i < 2; ++i) {
            uint256 number = (i == 0 ? first : second) % 4;
            IEncumbrances.Reservation memory wanted = _wanted(_accepted(i), number, uint40(_now));
            (SignedConsent memory holder, SignedConsent memory lender) = _consents(wanted);
            bool twice = i == 1 && first % 4 == second % 4;
            try receivables.reserve(wanted, holder, lender, new LenderConsent[](0)) {
                require(!twice, "took a purchase order twice");
            } catch {
                require(twice, "refused another purchase order");
            }
        }
    }

    function _post(uint32 supplier, bytes32 commitment, bytes32 tag, uint40 expiry) private returns (bytes32) {
        VM.prank(Founding.operatorOf(1));
        return orders.post(supplier, commitment, tag, expiry);
    }

    function _accepted(uint256 seed) private returns (bytes32 id) {
        id = _post(3, keccak256(abi.encode(seed)), 0, type(uint40).max);
        VM.prank(Founding.operatorOf(3));
        orders.accept(id);
    }

    /// @dev A reservation of an order of member 1 by `LENDER`.
    function _wanted(
        bytes32 id,
        uint256 number,
        uint40 by
    ) private view returns (IEncumbrances.Reservation memory wanted) {
        (wanted.object, wanted.lender) = (id, VM.addr(LENDER));
        (wanted.kind, wanted.disburseBy) = (1, by);
        wanted.orderTags = new IEncumbrances.OrderTag[](1);
        wanted.orderTags[0] = _orderTag(id, 1, number);
    }

    function _consents(
        IEncumbrances.Reservation memory wanted
    ) private returns (SignedConsent memory holder, SignedConsent memory lender) {
        bytes32 details = _detailsOf(wanted);
        (holder, ) = _consent(2003, wanted.object, RESERVE, details, 0);
        (lender, ) = _consent(LENDER, wanted.object, RESERVE, details, 0);
    }

    /// @return changed Whether the noise made a difference.
    function _disturb(
        IEncumbrances.Reservation memory wanted,
        SignedConsent memory lender,
        uint8 field,
        uint256 noise
    ) private pure returns (bool changed) {
        bytes32 before = keccak256(abi.encode(wanted, lender));
        field %= 11;
        if (field == 0) wanted.object ^= bytes32(noise);
        if (field == 1) wanted.lender = address(uint160(wanted.lender) ^ uint160(noise));
        if (field == 2) wanted.kind ^= uint8(noise);
        if (field == 3) wanted.disburseBy ^= uint40(noise);
        if (field == 4) wanted.terms ^= bytes32(noise);
        if (field == 5) wanted.orderTags[0].tags[0] ^= bytes32(noise);
        if (field == 6) lender.nonce ^= bytes32(noise);
        if (field == 7) lender.deadline ^= uint64(noise);
        if (field == 8) lender.coverVersion ^= uint64(noise);
        if (field == 9) lender.signer = address(uint160(lender.signer) ^ uint160(noise));
        if (field == 10) lender.signature[(noise >> 8) % 65] ^= bytes1(uint8(noise));
        changed = keccak256(abi.encode(wanted, lender)) != before;
    }
}
