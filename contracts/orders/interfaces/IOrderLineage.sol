// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title IOrderLineage
/// @notice What the receivable registry asks of orders, and how it, and nobody else, tells the order registry what is
/// encumbered, so that rule 1 is decided in constant time however many receivables an order has.
interface IOrderLineage {
    event OrderEncumbranceChanged(bytes32 indexed order, bool encumbered, uint32 encumberedDescendants);

    /// @notice A receivable born from it was confirmed: less of the order is free to be advanced. Or it was reserved itself: a claim
    /// stands before any on a receivable born from it.
    event OrderCoverVersionRaised(bytes32 indexed order, uint32 coverVersion);

    /// @notice `caller` is not the receivable registry.
    error OrderLineageUnauthorized(address caller);
    /// @notice `order` was not accepted or is no longer in force; its status is that of `IOrderLifeCycle.OrderStatus`.
    error OrderNotInForce(bytes32 order, uint8 status);
    /// @notice `order` is between `buyer` and `supplier`, the orders before it are between others.
    error OrderPartiesDiffer(bytes32 order, uint32 buyer, uint32 supplier);
    /// @notice Orders are named in ascending order, each once; `order` is not above the one before.
    error OrdersUnsorted(bytes32 order);

    /// @notice Records whether a lender has a claim on the order itself.
    function setEncumbered(bytes32 order, bool encumbered) external;

    /// @notice Counts one encumbered receivable born from each of the orders more, or one less.
    function adjustEncumberedDescendants(bytes32[] calldata orders, bool more) external;

    /// @notice Raises the cover version of each of the orders.
    function raiseCoverVersions(bytes32[] calldata orders) external;

    /// @notice The two parties of all these orders. Refused unless they are strictly ascending, each accepted or
    /// completed, no framework contract, and of the same two parties.
    function partiesInForce(bytes32[] calldata orders) external view returns (uint32 buyer, uint32 supplier);

    /// @notice Sum of the orders' cover versions, whatever their status.
    function coverVersionOf(bytes32[] calldata orders) external view returns (uint64);
}
