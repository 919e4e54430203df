// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {RegistryDomain} from "../libraries/RegistryDomain.sol";
import {IEncumbranceStates} from "./interfaces/IEncumbranceStates.sol";
import {IReceivableStates} from "./interfaces/IReceivableStates.sol";

/// @title ReceivableStorage
/// @notice Variables of the receivable registry and, in the same places, of its annex.
/// @dev Positions are part of the proof format: append only; test/snapshots/storage is checked.
abstract contract ReceivableStorage is RegistryDomain {
    mapping(bytes32 receivable => IReceivableStates.Receivable) internal _receivables;
    /// @dev Orders that a receivable was born from, ascending.
    mapping(bytes32 receivable => bytes32[] orders) internal _orders;
    /// @dev By receivable or order. A reservation stays here after it lapsed; read it through `_live`.
    mapping(bytes32 object => IEncumbranceStates.Encumbrance) internal _encumbrances;
    /// @dev Of an invoice in instalments the first one confirmed, whose `instalments` holds for the others.
    mapping(uint32 obligor => mapping(bytes32 fingerprint => bytes32 receivable)) internal _fingerprints;
    mapping(uint32 buyer => mapping(bytes32 tag => bytes32 order)) internal _orderTags;
    mapping(bytes32 receivable => bytes32 successor) internal _successors;
    /// @dev Kind of a log entry that awaits its answer, a claim or a dispute; none once it is answered.
    mapping(bytes32 receivable => mapping(uint32 index => uint8 kind)) internal _openEntries;
    mapping(address signer => mapping(bytes32 nonce => bool)) internal _nonces;
    mapping(address holder => uint256) internal _balances;
    /// @dev Of invoices that have several.
    mapping(uint32 obligor => mapping(bytes32 fingerprint => mapping(uint16 instalment => bytes32 receivable)))
        internal _instalments;
    mapping(bytes32 receivable => bytes32 parent) internal _parents;
    /// @dev Time from which a lender that was asked to release can be overruled.
    mapping(bytes32 receivable => uint40) internal _overrulableFrom;
}
