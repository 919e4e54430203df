// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title IOrderFrameworks
/// @notice Framework contracts, and orders that call off them. A framework contract is posted, answered, changed and ended as an
/// order is; nothing is delivered on it, invoiced or lent (docs/adr/0041).
/// @dev Its `expiry` is the last second at which it can be accepted, and at which it can be called off. What it still allows is in
/// its documents alone, and for the two parties to keep.
interface IOrderFrameworks {
    /// @notice The order that was posted in the same transaction is a framework contract.
    event FrameworkPosted(bytes32 indexed order);
    /// @notice The order that was posted in the same transaction calls off `framework`.
    event OrderCalledOff(bytes32 indexed order, bytes32 indexed framework);

    /// @notice What was asked is done to what a framework contract is called off by, not to the contract `order` itself.
    error OrderIsFramework(bytes32 order);
    /// @notice An order calls off a framework contract; `order` is none.
    error OrderNotFramework(bytes32 order);

    /// @notice Posts a framework contract to a supplier. By an operator of a core enterprise; otherwise as `post`.
    function postFramework(
        uint32 supplier,
        bytes32 commitment,
        bytes32 tag,
        uint40 expiry
    ) external returns (bytes32 order);

    /// @notice Posts an order to the supplier of a framework contract that both accepted and that has not ended. By an operator of
    /// its buyer. What becomes of the contract later leaves the order as it is.
    function callOff(
        bytes32 framework,
        bytes32 commitment,
        bytes32 tag,
        uint40 expiry
    ) external returns (bytes32 order);

    /// @notice Framework contract that an order calls off, zero for none.
    function frameworkOf(bytes32 order) external view returns (bytes32);
}
