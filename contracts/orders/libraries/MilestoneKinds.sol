// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title MilestoneKinds
/// @notice Steps of an order's fulfilment.
library MilestoneKinds {
    uint8 internal constant PRODUCTION_STARTED = 1;
    uint8 internal constant PRODUCTION_COMPLETED = 2;
    uint8 internal constant DESPATCHED = 3;
    uint8 internal constant IN_TRANSIT = 4;
    uint8 internal constant DELIVERED = 5;
    /// @dev What arrived, was accepted, short or rejected. Only the buyer can say it (rule 3).
    uint8 internal constant RECEIVED = 6;
    uint8 internal constant INSPECTED = 7;
    uint8 internal constant RETURNED = 8;

    /// @dev Bit mask of the kinds that somebody else than the buyer can be appointed for.
    uint16 internal constant APPOINTABLE = 0x01BE;
}
