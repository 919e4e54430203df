// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IConsents, LenderConsent, SignedConsent} from "../libraries/Consents.sol";
import {Roles} from "../members/libraries/Roles.sol";
import {IOrderLifeCycle} from "../orders/interfaces/IOrderLifeCycle.sol";
import {IEncumbrances} from "./interfaces/IEncumbrances.sol";
import {ConsentActs} from "./libraries/ConsentActs.sol";
import {EncumbranceKinds} from "./libraries/EncumbranceKinds.sol";
import {LineageConsents} from "./LineageConsents.sol";
import {OrderTags} from "./OrderTags.sol";

/// @title Reserving
/// @notice Holder and lender agree: the one door through which anything becomes encumbered.
abstract contract Reserving is IEncumbrances, LineageConsents, OrderTags {
    uint256 private constant LONGEST_RESERVATION = 5 days;

    /// @inheritdoc IEncumbrances
    function reserve(
        Reservation calldata reservation,
        SignedConsent calldata holderConsent,
        SignedConsent calldata lenderConsent,
        LenderConsent[] calldata firstLenders
    ) external {
        _requireTerms(reservation);
        bytes32 object = reservation.object;
        bytes32 details = _detailsOf(reservation);
        bytes32 yielded = keccak256(abi.encode(object, details));
        bool onOrder = !_isReceivable(object);
        if (onOrder) _reserveOrder(reservation, holderConsent.signer, yielded, firstLenders);
        else _reserveReceivable(reservation, holderConsent.signer, ConsentActs.YIELD, yielded, firstLenders);
        _agree(reservation, ConsentActs.RESERVE, details, holderConsent, lenderConsent);
        // It reaches each receivable born from the order: who made an offer on one before has not seen it.
        if (onOrder) orders.raiseCoverVersions(_alone(object));
    }

    /// @inheritdoc IEncumbrances
    function rollOver(
        bytes32 order,
        Reservation calldata reservation,
        SignedConsent calldata holderConsent,
        SignedConsent calldata lenderConsent,
        LenderConsent[] calldata firstLenders
    ) external {
        _requireTerms(reservation);
        bytes32 id = reservation.object;
        EncumbranceState lent = _live(order).state;
        if (!_bornFrom(id, order)) revert EncumbranceNotOfLineage(order, id);
        if (!_disbursed(lent)) revert EncumbranceInvalidTransition(order, lent, EncumbranceState.NONE);
        bytes32 details = _detailsOf(reservation);
        bytes32 yielded = keccak256(abi.encode(id, order, details));
        _reserveReceivable(reservation, holderConsent.signer, ConsentActs.ROLL_OVER, yielded, firstLenders);
        bytes32 agreed = keccak256(abi.encode(order, details));
        _agree(reservation, ConsentActs.ROLL_OVER, agreed, holderConsent, lenderConsent);
        _clear(order);
        emit EncumbranceRolledOver(order, id);
        EncumbranceState to = _lentState(reservation.kind);
        _encumbrances[id].state = to;
        emit EncumbranceDisbursed(id, to, 0);
    }

    /// @dev Holder and lender sign, and the object is reserved.
    function _agree(
        Reservation calldata reservation,
        bytes32 act,
        bytes32 details,
        SignedConsent calldata holderConsent,
        SignedConsent calldata lenderConsent
    ) private {
        bytes32 object = reservation.object;
        _spend(holderConsent.signer, holderConsent, object, act, details);
        _spend(reservation.lender, lenderConsent, object, act, details);
        _set(
            object,
            Encumbrance({
                lender: reservation.lender,
                state: EncumbranceState.RESERVED,
                kind: reservation.kind,
                noticeGiven: false,
                disburseBy: reservation.disburseBy,
                contested: false,
                recourseCalled: false
            })
        );
        emit EncumbranceReserved(
            object,
            reservation.lender,
            !_isReceivable(object),
            reservation.kind,
            reservation.disburseBy,
            reservation.terms,
            lenderConsent.coverVersion
        );
    }

    /// @dev A registered account of a suspended member begins nothing; a one-time account says nothing of its member.
    function _requireTerms(Reservation calldata reservation) private view {
        uint8 kind = reservation.kind;
        bool known = kind == EncumbranceKinds.PLEDGE || kind == EncumbranceKinds.ASSIGNMENT;
        if (!known) revert EncumbranceUnknownKind(kind);
        uint40 by = reservation.disburseBy;
        uint256 latest = block.timestamp + LONGEST_RESERVATION;
        bool timely = by >= block.timestamp && by <= latest;
        if (!timely) revert EncumbranceInvalidDisburseBy(by, block.timestamp, latest);
        members.requireMayBegin(reservation.lender);
    }

    function _reserveReceivable(
        Reservation calldata reservation,
        address holder,
        bytes32 act,
        bytes32 yielded,
        LenderConsent[] calldata firstLenders
    ) private {
        bytes32 id = reservation.object;
        Receivable storage record = _confirmed(id);
        _requireFree(id);
        if (record.openDisputes != 0) revert ReceivableDisputed(id, record.openDisputes);
        if (holder != record.holder) revert IConsents.ConsentWrongSigner(holder, record.holder);
        members.requireMayBegin(holder);
        // Whose one-time account holds a part of a split, its supplier's or another's, nobody can say.
        if (_parents[id] == 0) members.requireActive(record.supplier, Roles.SUPPLIER);
        bytes32[] memory ids = _orders[id];
        orders.partiesInForce(ids);
        _takeTags(ids, record.obligor, reservation.orderTags);
        _spendOrderLenders(ids, act, yielded, firstLenders, 0);
        record.everEncumbered = true;
    }

    function _reserveOrder(
        Reservation calldata reservation,
        address holder,
        bytes32 yielded,
        LenderConsent[] calldata firstLenders
    ) private {
        bytes32 id = reservation.object;
        IOrderLifeCycle.Order memory found = _order(id);
        bool accepted = found.status == IOrderLifeCycle.OrderStatus.ACCEPTED;
        if (!accepted) revert EncumbranceOrderNotAccepted(id, uint8(found.status));
        _requireFree(id);
        uint32 supplier = members.authorize(holder, Roles.SUPPLIER, 0, 0);
        if (supplier != found.supplier) revert EncumbranceUnauthorized(id, holder);
        _takeTags(_alone(id), found.buyer, reservation.orderTags);
        _spendLineageLenders(id, ConsentActs.YIELD, yielded, firstLenders);
    }

    function _alone(bytes32 id) private pure returns (bytes32[] memory ids) {
        ids = new bytes32[](1);
        ids[0] = id;
    }

    function _detailsOf(Reservation calldata reservation) private pure returns (bytes32) {
        return
            keccak256(
                abi.encode(
                    reservation.lender,
                    reservation.kind,
                    reservation.disburseBy,
                    reservation.terms,
                    _hashTags(reservation.orderTags)
                )
            );
    }
}
