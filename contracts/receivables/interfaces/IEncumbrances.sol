// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LenderConsent, SignedConsent} from "../../libraries/Consents.sol";
import {IEncumbranceStates} from "./IEncumbranceStates.sol";

/// @title IEncumbrances
/// @notice A lender's claim on an order or a receivable: at most one at a time on any path from order to receivable, unless
/// the first lender signs that it yields (rule 1).
/// @dev An object is a receivable or an order; their ids never meet. A reservation whose `disburseBy` has passed counts as
/// none everywhere, whether or not `lapse` has cleared it.
interface IEncumbrances is IEncumbranceStates {
    /// @notice The buyer's tags of one of its orders, one for each of its tag keys in the order of their numbers.
    /// @param buyerAccount Live operator account of the buyer.
    /// @param buyerSignature Its signature of `OrderTag(bytes32 order,bytes32[] tags)` under this registry's domain.
    /// Looked at only while one of the tags is not registered yet.
    struct OrderTag {
        bytes32 order;
        bytes32[] tags;
        address buyerAccount;
        bytes buyerSignature;
    }

    /// @notice What holder and lender agree on.
    /// @param object Receivable or order.
    /// @param lender One-time account of the lender for this object.
    /// @param kind One of `EncumbranceKinds`.
    /// @param disburseBy Last second at which the lender can disburse, five days from now at most.
    /// @param terms Commitment to the offer's terms.
    /// @param orderTags One for each order of the object's lineage: of an order itself, of a receivable those of `ordersOf`
    /// in the same order. The first encumbrance of a lineage takes them (rule 2).
    struct Reservation {
        bytes32 object;
        address lender;
        uint8 kind;
        uint40 disburseBy;
        bytes32 terms;
        OrderTag[] orderTags;
    }

    event OrderTagRegistered(uint32 indexed buyer, bytes32 indexed tag, bytes32 indexed order);
    event EncumbranceReserved(
        bytes32 indexed object,
        address indexed lender,
        bool onOrder,
        uint8 kind,
        uint40 disburseBy,
        bytes32 terms,
        uint64 coverVersion
    );
    event EncumbranceDisbursed(bytes32 indexed object, EncumbranceState state, bytes32 paymentReference);
    event EncumbranceDropped(bytes32 indexed object);
    event EncumbranceReleased(bytes32 indexed object, bytes32 reason);
    /// @notice The claim on `order` ended; the same lender's on `receivable` stands in its place.
    event EncumbranceRolledOver(bytes32 indexed order, bytes32 indexed receivable);
    event NoticeGiven(bytes32 indexed object, bytes32 notice);
    event NoticeAcknowledged(bytes32 indexed object);

    /// @notice There is no kind of encumbrance `kind`.
    error EncumbranceUnknownKind(uint8 kind);
    /// @notice A reservation can hold from now, `timestamp`, until `latest`, not until `disburseBy`.
    error EncumbranceInvalidDisburseBy(uint40 disburseBy, uint256 timestamp, uint256 latest);
    /// @notice An order that is `status` (of `IOrderLifeCycle.OrderStatus`) is not financed.
    error EncumbranceOrderNotAccepted(bytes32 order, uint8 status);
    /// @notice `encumbered` receivables born from `order` are encumbered; the lenders of `consented` of them have signed.
    error OrderDescendantsEncumbered(bytes32 order, uint32 encumbered, uint32 consented);
    /// @notice Tags are given for each of the `required` orders of the lineage, not for `given`.
    error OrderTagCountMismatch(uint256 given, uint256 required);
    /// @notice Tags are given in the order of the lineage's orders: next is `required`, not `given`.
    error OrderTagMismatch(bytes32 given, bytes32 required);
    /// @notice The buyer's purchase order with that tag is `order` already: it was posted twice (rule 2).
    error OrderTagTaken(uint32 buyer, bytes32 tag, bytes32 order);
    /// @notice `receivable` was not born from `order`.
    error EncumbranceNotOfLineage(bytes32 order, bytes32 receivable);
    /// @notice The reservation of `object` holds until `disburseBy`; it is `timestamp`.
    error EncumbranceNotLapsed(bytes32 object, uint40 disburseBy, uint256 timestamp);
    /// @notice The lender has given notice of its claim on `object` already.
    error NoticeAlreadyGiven(bytes32 object);
    /// @notice The lender has given no notice of its claim on `object`.
    error NoticeMissing(bytes32 object);
    /// @notice The notice of a claim on `object` is that of `lender`, not of `given`.
    error NoticeOfAnotherLender(bytes32 object, address given, address lender);

    /// @notice Reserves an order or a confirmed, undisputed receivable for one lender. Sent by anyone.
    /// @dev Consents of holder and lender: object the reserved one, act `RESERVE`, details
    /// `keccak256(abi.encode(lender, kind, disburseBy, terms, tagsHash))`, tagsHash = `keccak256` of the concatenated EIP-712
    /// struct hashes of the order tags. So a lender that checked the tags knows that no others were taken.
    /// Consents of first lenders: object theirs, act `YIELD`, details `keccak256(abi.encode(object, details))` with
    /// object and details of the reservation.
    /// @param holderConsent Of the holder of the receivable, or of a live operator of an order's supplier, which must be
    /// active (rule 10).
    /// @param lenderConsent Of `reservation.lender`.
    /// @param firstLenders For a receivable: one for each of its orders that is encumbered, in the orders' order. For an
    /// order: one for each encumbered receivable born from it, ascending; of lapsed ones named here no signature is asked
    /// and they are cleared on the way.
    function reserve(
        Reservation calldata reservation,
        SignedConsent calldata holderConsent,
        SignedConsent calldata lenderConsent,
        LenderConsent[] calldata firstLenders
    ) external;

    /// @notice Takes an order financing over to a receivable born from that order: the claim on the order ends and one on the
    /// receivable stands as disbursed, in one transaction, so that no other lender comes between. Sent by anyone.
    /// @dev Consents of holder and lender: object the receivable, act `ROLL_OVER`, details
    /// `keccak256(abi.encode(order, reserveDetails))`, reserveDetails as `reserve` says. Consents of first lenders: object
    /// theirs, act `ROLL_OVER`, details `keccak256(abi.encode(receivable, order, reserveDetails))`.
    /// @param order Its claim must be PLEDGED or ASSIGNED.
    /// @param reservation As for `reserve`, object the receivable. The lender's account is a new one, of the same lender:
    /// the old one's consent is what says so.
    /// @param firstLenders One for each encumbered order of the receivable, `order` among them, in the orders' order.
    function rollOver(
        bytes32 order,
        Reservation calldata reservation,
        SignedConsent calldata holderConsent,
        SignedConsent calldata lenderConsent,
        LenderConsent[] calldata firstLenders
    ) external;

    /// @notice Says that the money went out: RESERVED becomes PLEDGED or ASSIGNED. By the lender, until `disburseBy`.
    /// @param paymentReference Commitment to the payment's reference.
    function disburse(bytes32 object, bytes32 paymentReference) external;

    /// @notice Gives a reservation up before disbursing. By the lender.
    function drop(bytes32 object) external;

    /// @notice Clears a reservation whose `disburseBy` has passed. By anyone.
    function lapse(bytes32 object) external;

    /// @notice Puts notice of assignment or pledge on chain. By the lender.
    /// @param notice Commitment to the notice.
    function notify(bytes32 receivable, bytes32 notice) external;

    /// @notice Acknowledges the lender's notice: from now on payments count when the lender says so. By an operator of the
    /// obligor.
    /// @param lender Account of the lender whose notice was read: it may have released since, and another come in its place.
    function acknowledgeNotice(bytes32 receivable, address lender) external;

    /// @notice Ends the encumbrance. By the lender.
    /// @param reason Commitment to the reason.
    function release(bytes32 object, bytes32 reason) external;

    /// @notice Encumbrance on an object as of now, all zero for none; a lapsed reservation is none.
    function encumbranceOf(bytes32 object) external view returns (Encumbrance memory);

    /// @notice Order that bears a tag under its buyer, zero for none.
    function orderOfTag(uint32 buyer, bytes32 tag) external view returns (bytes32 order);

    /// @notice What consents to acts on the object name: an order's cover version; a receivable's own plus those of its
    /// orders.
    function coverVersionOf(bytes32 object) external view returns (uint64);
}
