// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title IOrderLifeCycle
/// @notice From a posted purchase order to one of its ends. Each side's first word is a right to begin and asks for an
/// active member on both sides; what only ends something is open to a suspended member too (rule 10).
/// @dev A time that an order names is the last second at which it is still good.
interface IOrderLifeCycle {
    /// @notice NONE, POSTED and ACCEPTED go on, the others are terminal (rule 6).
    enum OrderStatus {
        NONE,
        POSTED,
        ACCEPTED,
        REJECTED,
        WITHDRAWN,
        EXPIRED,
        CANCELLED,
        COMPLETED
    }

    /// @notice All that the chain keeps of an order besides its log head; one storage slot.
    /// @param buyer Member that posted it.
    /// @param supplier Member that it is posted to.
    /// @param status A `POSTED` order whose `expiry` has passed is lapsed even before `expire` says so.
    /// @param proposals What one side wants and the other has not agreed to; bits of `OrderProposals`; one
    /// of them says that this is a framework contract.
    /// @param encumbered Whether a lender's claim on the order itself is recorded, a lapsed reservation included until
    /// it is cleared.
    /// @param version 1, 2, ... Version 1 is committed to by the id, a later one by `commitmentOf`.
    /// @param coverVersion Rises with each act that can lower cover, and with no other.
    /// @param expiry Last second at which it can, or if it was withdrawn could, be accepted; and a framework
    /// contract called off.
    /// @param encumberedDescendants Receivables born from it that carry a recorded encumbrance.
    /// @param entries Entries in its fulfilment log.
    struct Order {
        uint32 buyer;
        uint32 supplier;
        OrderStatus status;
        uint8 proposals;
        bool encumbered;
        uint32 version;
        uint32 coverVersion;
        uint40 expiry;
        uint32 encumberedDescendants;
        uint32 entries;
    }

    /// @notice An order to be posted; see `post`.
    struct OrderPosting {
        uint32 supplier;
        uint40 expiry;
        bytes32 commitment;
        bytes32 tag;
    }

    event OrderPosted(
        bytes32 indexed order,
        uint32 indexed buyer,
        uint32 indexed supplier,
        bytes32 commitment,
        bytes32 tag,
        uint40 expiry
    );
    event OrderAccepted(bytes32 indexed order);
    event OrderRejected(bytes32 indexed order, bytes32 reason);
    event OrderWithdrawn(bytes32 indexed order);
    event OrderExpired(bytes32 indexed order);
    event OrderCancellationProposed(bytes32 indexed order, uint32 by);
    event OrderCancelled(bytes32 indexed order, uint32 coverVersion);
    event OrderCompletionProposed(bytes32 indexed order, uint32 by);
    event OrderCompleted(bytes32 indexed order);
    event OrderProposalsRetracted(bytes32 indexed order, uint32 by);

    /// @notice No order has the id `order`.
    error OrderUnknown(bytes32 order);
    /// @notice The very same order was posted before.
    error OrderAlreadyPosted(bytes32 order);
    /// @notice An order is posted to some member.
    error OrderSupplierMissing();
    /// @notice `member` posts an order to itself: then nobody else would sign it.
    error OrderSelfPosted(uint32 member);
    /// @notice A commitment of zero commits to nothing.
    error OrderCommitmentMissing();
    /// @notice Posted to lapse at `expiry`, but it is `timestamp` already.
    error OrderExpiryPast(uint40 expiry, uint256 timestamp);
    /// @notice The offer in `order` stood until `expiry`; it is `timestamp`.
    error OrderLapsed(bytes32 order, uint40 expiry, uint256 timestamp);
    /// @notice `order` stands until `expiry`; it is `timestamp`.
    error OrderNotLapsed(bytes32 order, uint40 expiry, uint256 timestamp);
    /// @notice An order that is `from` does not become `to`.
    error OrderInvalidTransition(bytes32 order, OrderStatus from, OrderStatus to);
    /// @notice What was asked is not done to an order that is `status`.
    error OrderInvalidStatus(bytes32 order, OrderStatus status);
    /// @notice `member` is not the party of `order` that this is for.
    error OrderUnauthorized(bytes32 order, uint32 member);
    /// @notice `member` has proposed this for `order` before; now the other side has the word.
    error OrderAlreadyProposed(bytes32 order, uint32 member);
    /// @notice `member` has no open proposal on `order`.
    error OrderNothingProposed(bytes32 order, uint32 member);
    /// @notice `order`, or so many receivables born from it, are encumbered, so it cannot be cancelled. A lapsed
    /// reservation counts until the receivable registry's `lapse` clears it.
    error OrderEncumbered(bytes32 order, bool encumbered, uint32 encumberedDescendants);

    /// @notice Posts a purchase order to a supplier. By an operator of a core enterprise.
    /// @param commitment Root of the fields of version 1.
    /// @param tag HMAC-SHA-256 under the buyer's tag secret over its normalised order number.
    /// @param expiry Last second at which the supplier can accept.
    /// @return order `keccak256(abi.encode(domainSeparator, buyer, supplier, commitment, tag))`: it commits to all of it,
    /// so nobody can take it first.
    function post(uint32 supplier, bytes32 commitment, bytes32 tag, uint40 expiry) external returns (bytes32 order);

    /// @notice Posts many, all or none. Runs of one supplier are cheapest, since it is looked up once a run.
    function postMany(OrderPosting[] calldata postings) external;

    /// @notice Accepts an order before it lapses. By an operator of its supplier.
    function accept(bytes32 order) external;

    /// @notice Accepts many, all or none.
    function acceptMany(bytes32[] calldata orders) external;

    /// @notice Rejects a posted order. By an operator of its supplier.
    /// @param reason Commitment to the reason, zero for none given.
    function reject(bytes32 order, bytes32 reason) external;

    /// @notice Takes a posted order back, from this second on. By an operator of its buyer.
    function withdraw(bytes32 order) external;

    /// @notice Marks a lapsed order as expired. By anyone.
    function expire(bytes32 order) external;

    /// @notice Proposes to cancel an accepted order, or cancels it when the other side has proposed so. Refused while it or
    /// a receivable born from it is encumbered (rule 3).
    function cancel(bytes32 order) external;

    /// @notice Proposes to complete an accepted order, or completes it when the other side has proposed so.
    function complete(bytes32 order) external;

    /// @notice Takes back the caller's proposals to cancel and to complete. A proposal does not lapse by itself, so who
    /// goes on with an order retracts first.
    function retract(bytes32 order) external;
}
