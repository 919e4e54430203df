// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title IOrderLineage
/// @notice How the receivable registry, and nobody else, tells the order registry what is encumbered, so that rule 1 is
/// decided in constant time however many receivables an order has.
interface IOrderLineage {
    event OrderEncumbranceChanged(bytes32 indexed order, bool encumbered, uint32 encumberedDescendants);

    /// @notice `caller` is not the receivable registry.
    error OrderLineageUnauthorized(address caller);

    /// @notice Records whether a lender has a claim on the order itself.
    function setEncumbered(bytes32 order, bool encumbered) external;

    /// @notice Counts an encumbered receivable born from the order in (+1) or out (-1).
    function adjustEncumberedDescendants(bytes32 order, int8 by) external;
}
