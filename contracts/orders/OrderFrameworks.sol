// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IOrderFrameworks} from "./interfaces/IOrderFrameworks.sol";
import {OrderProposals} from "./libraries/OrderProposals.sol";
import {OrderOffers} from "./OrderOffers.sol";

/// @title OrderFrameworks
/// @notice Framework contracts, and orders that call off them.
abstract contract OrderFrameworks is OrderOffers {
    /// @inheritdoc IOrderFrameworks
    function postFramework(
        uint32 supplier,
        bytes32 commitment,
        bytes32 tag,
        uint40 expiry
    ) external returns (bytes32 id) {
        uint32 buyer = _authorizePosting(supplier);
        id = _post(domainSeparator(), buyer, supplier, commitment, tag, expiry);
        _orders[id].proposals = OrderProposals.FRAMEWORK;
        emit FrameworkPosted(id);
    }

    /// @inheritdoc IOrderFrameworks
    function callOff(bytes32 framework, bytes32 commitment, bytes32 tag, uint40 expiry) external returns (bytes32 id) {
        Order storage record = _known(framework);
        uint32 supplier = record.supplier;
        uint32 buyer = _authorizePosting(supplier);
        if (buyer != record.buyer) revert OrderUnauthorized(framework, buyer);
        if (!_isFramework(record)) revert OrderNotFramework(framework);
        if (record.status != OrderStatus.ACCEPTED) revert OrderInvalidStatus(framework, record.status);
        if (block.timestamp > record.expiry) revert OrderLapsed(framework, record.expiry, block.timestamp);
        id = _post(domainSeparator(), buyer, supplier, commitment, tag, expiry);
        _frameworks[id] = framework;
        emit OrderCalledOff(id, framework);
    }

    /// @inheritdoc IOrderFrameworks
    function frameworkOf(bytes32 id) external view returns (bytes32) {
        return _frameworks[id];
    }
}
