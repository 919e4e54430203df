// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {GovernedRegistry} from "../libraries/GovernedRegistry.sol";
import {IOrderLifeCycle} from "../orders/interfaces/IOrderLifeCycle.sol";
import {IOrderRegistry} from "../orders/interfaces/IOrderRegistry.sol";
import {IEncumbrances} from "./interfaces/IEncumbrances.sol";
import {IReceivableRegistry} from "./interfaces/IReceivableRegistry.sol";
import {ReceivableStorage} from "./ReceivableStorage.sol";

/// @title ReceivableBase
/// @notice What all concerns of the registry look up: receivables, their orders, live encumbrances, cover versions.
abstract contract ReceivableBase is IReceivableRegistry, ReceivableStorage, GovernedRegistry {
    /// @notice Proxy of the order registry.
    IOrderRegistry public immutable orders;

    /// @param orders_ Proxy of the order registry.
    constructor(IOrderRegistry orders_) {
        orders = orders_;
    }

    /// @inheritdoc IEncumbrances
    function encumbranceOf(bytes32 object) external view returns (Encumbrance memory) {
        return _live(object);
    }

    /// @inheritdoc IEncumbrances
    function coverVersionOf(bytes32 object) public view returns (uint64) {
        Receivable storage record = _receivables[object];
        if (record.status == ReceivableStatus.NONE) return _order(object).coverVersion;
        return record.coverVersion + orders.coverVersionOf(_orders[object]);
    }

    function _known(bytes32 id) internal view returns (Receivable storage record) {
        record = _receivables[id];
        if (record.status == ReceivableStatus.NONE) revert ReceivableUnknown(id);
    }

    function _confirmed(bytes32 id) internal view returns (Receivable storage record) {
        record = _known(id);
        if (record.status != ReceivableStatus.CONFIRMED) revert ReceivableNotConfirmed(id, record.status);
    }

    /// @dev Reverts unless the sender acts for `member`, suspended or not: enough for what finishes something (rule 10).
    function _requireActsFor(bytes32 id, uint32 member) internal view {
        uint32 acting = members.memberOfSigner(msg.sender);
        if (acting != member) revert ReceivableUnauthorized(id, acting);
    }

    /// @dev Encumbrance as of now: a lapsed reservation is none.
    function _live(bytes32 object) internal view returns (Encumbrance memory found) {
        found = _encumbrances[object];
        if (_lapsed(found)) delete found;
    }

    function _lapsed(Encumbrance memory found) internal view returns (bool) {
        return found.state == EncumbranceState.RESERVED && block.timestamp > found.disburseBy;
    }

    /// @dev The order of that id; an id that is no receivable is taken for one.
    function _order(bytes32 id) internal view returns (IOrderLifeCycle.Order memory found) {
        found = orders.order(id);
        if (found.status == IOrderLifeCycle.OrderStatus.NONE) revert EncumbranceUnknownObject(id);
    }
}
