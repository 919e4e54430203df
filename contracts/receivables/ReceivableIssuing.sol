// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Roles} from "../members/libraries/Roles.sol";
import {IReceivableLifeCycle} from "./interfaces/IReceivableLifeCycle.sol";
import {IReceivableToken} from "./interfaces/IReceivableToken.sol";
import {ReceivableBase} from "./ReceivableBase.sol";

/// @title ReceivableIssuing
/// @notice A supplier makes its claim known.
abstract contract ReceivableIssuing is IReceivableLifeCycle, ReceivableBase {
    bytes32 private constant RECEIVABLE = keccak256("RECEIVABLE");
    uint256 private constant MAX_ORDERS = 64;

    /// @inheritdoc IReceivableLifeCycle
    function issue(
        bytes32[] calldata ids,
        bytes32 commitment,
        address holder,
        bytes32 random
    ) external returns (bytes32 id) {
        uint32 member = members.authorize(msg.sender, Roles.SUPPLIER, 0, 0);
        if (commitment == 0) revert ReceivableCommitmentMissing();
        if (holder == address(0)) revert ReceivableHolderMissing();
        if (ids.length == 0 || ids.length > MAX_ORDERS) revert ReceivableInvalidOrderCount(ids.length, MAX_ORDERS);
        (uint32 obligor, uint32 supplier) = orders.partiesInForce(ids);
        if (member != supplier) revert ReceivableNotSupplier(member, supplier);
        id = keccak256(abi.encode(domainSeparator(), RECEIVABLE, msg.sender, random));
        Receivable storage record = _receivables[id];
        if (record.status != ReceivableStatus.NONE) revert ReceivableAlreadyIssued(id);
        record.obligor = obligor;
        record.supplier = supplier;
        record.status = ReceivableStatus.ISSUED;
        record.holder = holder;
        record.commitment = commitment;
        _orders[id] = ids;
        ++_balances[holder];
        emit IReceivableToken.Transfer(address(0), holder, uint256(id));
        emit ReceivableIssued(id, obligor, supplier, holder, commitment, ids);
    }

    /// @inheritdoc IReceivableLifeCycle
    function receivable(bytes32 id) external view returns (Receivable memory) {
        return _receivables[id];
    }

    /// @inheritdoc IReceivableLifeCycle
    function ordersOf(bytes32 id) external view returns (bytes32[] memory) {
        return _orders[id];
    }
}
