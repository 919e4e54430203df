// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LenderConsent, SignedConsent} from "../../../contracts/libraries/Consents.sol";
import {IReceivableSplits} from "../../../contracts/receivables/interfaces/IReceivableSplits.sol";
import {IReceivableStates} from "../../../contracts/receivables/interfaces/IReceivableStates.sol";
import {ReceivableEntryKinds} from "../../../contracts/receivables/libraries/ReceivableEntryKinds.sol";
import {VM} from "../support/Vm.sol";
import {PaymentActs} from "./PaymentActs.sol";

/// @title SplittingActs
/// @notice Receivables are split into one or two parts, and parts again.
abstract contract SplittingActs is PaymentActs {
    /// @dev What is signed, and whether all of it is good.
    struct Signed {
        IReceivableSplits.Part[] parts;
        uint256[] keys;
        SignedConsent[] acceptances;
        SignedConsent holder;
        SignedConsent obligor;
        LenderConsent[] first;
        bytes32 partsHash;
        bool good;
    }

    function split(uint256 seed) external act(seed) {
        (uint256 i, bool any) = _freeBill();
        if (!any || _roll(2) == 0) return;
        Bill storage bill = _bills[i];
        Speaker memory obligor = _speaker(bill.obligor);
        Signed memory signed = _signAll(bill, obligor);
        bool may = signed.good && obligor.live && obligor.member == bill.obligor && !_suspended[bill.obligor];
        may = may && bill.status == IReceivableStates.ReceivableStatus.CONFIRMED && bill.disputes == 0;
        may = may && !_live(bill.id) && (bill.part || !_suspended[bill.supplier]) && _allInForce(bill);
        try receivables.split(bill.id, signed.parts, signed.holder, signed.obligor, signed.acceptances, signed.first) {
            _note(may, true, "split");
            delete _claims[bill.id];
            bill.status = IReceivableStates.ReceivableStatus.SPLIT;
            _append(bill, ReceivableEntryKinds.SPLIT, signed.partsHash, 0);
            for (uint256 j; j < signed.parts.length; ++j) _stand(bill, uint32(j), signed.keys[j]);
        } catch {
            _note(may, false, "split");
        }
    }

    function _stand(Bill storage whole, uint32 place, uint256 key) private {
        Bill storage part = _bills.push();
        part.id = _partId(whole.id, place);
        (part.obligor, part.supplier, part.number) = (whole.obligor, whole.supplier, whole.number);
        (part.status, part.holder, part.part) = (IReceivableStates.ReceivableStatus.CONFIRMED, key, true);
        part.purchases = whole.purchases;
        _append(part, ReceivableEntryKinds.CONFIRMATION, "part", 0);
    }

    function _signAll(Bill storage bill, Speaker memory obligor) private returns (Signed memory signed) {
        _makeParts(bill, signed);
        uint64 cover = _coverOf(bill);
        bytes32 details = keccak256(abi.encode(bill.id, signed.partsHash));
        bool fine;
        bytes32 what = keccak256("SPLIT");
        (signed.holder, fine) = _consent(bill.holder, bill.id, what, details, cover);
        signed.good = signed.good && fine;
        // Operators have the keys 2000 + member, revoked ones 3000 + member.
        uint256 key = (obligor.live ? 2000 : 3000) + obligor.member;
        (signed.obligor, fine) = _consent(key, bill.id, what, details, cover);
        signed.good = signed.good && fine;
        (bytes32[] memory ids, uint64[] memory covers) = _ordersOf(bill);
        (signed.first, fine) = _liveLenders(ids, covers, what, details);
        signed.good = signed.good && fine;
    }

    function _makeParts(Bill storage bill, Signed memory signed) private {
        uint256 count = 1 + _roll(2);
        signed.parts = new IReceivableSplits.Part[](count);
        signed.keys = new uint256[](count);
        signed.acceptances = new SignedConsent[](count);
        signed.good = true;
        bytes32[] memory hashes = new bytes32[](count);
        for (uint256 i; i < count; ++i) {
            signed.keys[i] = _newKey();
            signed.parts[i] = IReceivableSplits.Part(VM.addr(signed.keys[i]), "part");
            bytes32 id = _partId(bill.id, uint32(i));
            hashes[i] = keccak256(abi.encode(id, signed.parts[i].holder, signed.parts[i].commitment));
            bytes32 details = keccak256(abi.encode(bill.id, hashes[i]));
            bool fine;
            (signed.acceptances[i], fine) = _consent(
                signed.keys[i],
                bill.id,
                keccak256("ACCEPT"),
                details,
                _coverOf(bill)
            );
            signed.good = signed.good && fine;
        }
        signed.partsHash = keccak256(abi.encodePacked(hashes));
    }

    function _partId(bytes32 whole, uint32 place) private view returns (bytes32) {
        return keccak256(abi.encode(_domain, keccak256("PART"), whole, place));
    }
}
