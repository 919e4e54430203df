// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {GovernedRegistry} from "../libraries/GovernedRegistry.sol";
import {IReceivableLineage} from "../receivables/interfaces/IReceivableLineage.sol";
import {IOrderRegistry} from "./interfaces/IOrderRegistry.sol";
import {OrderProposals} from "./libraries/OrderProposals.sol";
import {OrderStorage} from "./OrderStorage.sol";

/// @title OrderParties
/// @notice Who acts on an order: the two sides, and what each has proposed.
abstract contract OrderParties is IOrderRegistry, OrderStorage, GovernedRegistry {
    /// @notice Proxy of the receivable registry.
    IReceivableLineage public immutable receivables;

    /// @param receivables_ Proxy of the receivable registry.
    constructor(IReceivableLineage receivables_) {
        receivables = receivables_;
    }

    function _known(bytes32 id) internal view returns (Order storage record) {
        record = _orders[id];
        if (record.status == OrderStatus.NONE) revert OrderUnknown(id);
    }

    function _isFramework(Order storage record) internal view returns (bool) {
        return record.proposals & OrderProposals.FRAMEWORK != 0;
    }

    function _requireNoFramework(bytes32 id, Order storage record) internal view {
        if (_isFramework(record)) revert OrderIsFramework(id);
    }

    /// @dev The party that the sender acts for, suspended or not: enough for what finishes something (rule 10).
    /// @return member Its number.
    /// @return side The bits of its proposals.
    function _party(bytes32 id, Order storage record) internal view returns (uint32 member, uint8 side) {
        member = members.memberOfSigner(msg.sender);
        if (member == record.buyer) return (member, OrderProposals.BY_BUYER);
        if (member == record.supplier) return (member, OrderProposals.BY_SUPPLIER);
        revert OrderUnauthorized(id, member);
    }

    /// @dev As `_party`, for what begins something: both sides must be active.
    function _partyToBegin(bytes32 id, Order storage record) internal view returns (uint32 member, uint8 side) {
        (member, side) = _party(id, record);
        members.requireActive(record.buyer, 0);
        members.requireActive(record.supplier, 0);
    }

    /// @dev Notes that `side` wants `what`.
    /// @return agreed Whether the other side wanted it before.
    function _agree(
        bytes32 id,
        Order storage record,
        uint32 member,
        uint8 side,
        uint8 what
    ) internal returns (bool agreed) {
        uint8 open = record.proposals & what;
        if (open & side != 0) revert OrderAlreadyProposed(id, member);
        agreed = open != 0;
        if (!agreed) record.proposals |= what & side;
    }

    /// @dev Voids all proposals: what they were made on is no more.
    function _clearProposals(bytes32 id, Order storage record) internal {
        if (record.proposals & OrderProposals.CHANGE != 0) delete _pendingCommitments[id];
        record.proposals &= OrderProposals.FRAMEWORK;
    }
}
