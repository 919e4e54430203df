// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {RegistryMembers} from "../libraries/RegistryMembers.sol";
import {IOrderLifeCycle} from "../orders/interfaces/IOrderLifeCycle.sol";
import {IOrderRegistry} from "../orders/interfaces/IOrderRegistry.sol";
import {IEncumbranceStates} from "./interfaces/IEncumbranceStates.sol";
import {IReceivableLog} from "./interfaces/IReceivableLog.sol";
import {IReceivableStates} from "./interfaces/IReceivableStates.sol";
import {ReceivableStorage} from "./ReceivableStorage.sol";

/// @title ReceivableBase
/// @notice What all concerns of the registry and its annex look up: receivables, their orders, live encumbrances, cover
/// versions.
abstract contract ReceivableBase is IReceivableStates, IEncumbranceStates, ReceivableStorage, RegistryMembers {
    /// @notice Proxy of the order registry.
    IOrderRegistry public immutable orders;

    /// @param orders_ Proxy of the order registry.
    constructor(IOrderRegistry orders_) {
        orders = orders_;
    }

    /// @dev What consents to acts on the object name, as `IEncumbrances.coverVersionOf` says.
    function _coverVersionOf(bytes32 object) internal view returns (uint64) {
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

    /// @dev Whom a payment of it counts for now: the lender once notice is acknowledged, else the holder.
    /// @return payee Account of the payee, which is the sender, else it reverts.
    /// @return found The encumbrance as of now.
    function _payee(
        bytes32 id,
        Receivable storage record
    ) internal view returns (address payee, Encumbrance memory found) {
        found = _live(id);
        payee = found.state == EncumbranceState.NOTIFIED ? found.lender : record.holder;
        if (msg.sender != payee) revert IReceivableLog.PaymentNotPayee(id, msg.sender, payee);
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

    /// @dev Whether it is a claim of a lender whose money is out.
    function _disbursed(EncumbranceState state) internal pure returns (bool) {
        return state != EncumbranceState.NONE && state != EncumbranceState.RESERVED;
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
