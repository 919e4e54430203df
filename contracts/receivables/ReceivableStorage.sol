// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {RegistryDomain} from "../libraries/RegistryDomain.sol";
import {IEncumbrances} from "./interfaces/IEncumbrances.sol";
import {IReceivableLifeCycle} from "./interfaces/IReceivableLifeCycle.sol";

/// @title ReceivableStorage
/// @notice Variables of the receivable registry.
/// @dev Positions are part of the proof format: append only; test/snapshots/storage is checked.
abstract contract ReceivableStorage is RegistryDomain {
    mapping(bytes32 receivable => IReceivableLifeCycle.Receivable) internal _receivables;
    /// @dev Orders that a receivable was born from, ascending.
    mapping(bytes32 receivable => bytes32[] orders) internal _orders;
    /// @dev By receivable or order. A reservation stays here after it lapsed; read it through `_live`.
    mapping(bytes32 object => IEncumbrances.Encumbrance) internal _encumbrances;
    mapping(uint32 obligor => mapping(bytes32 fingerprint => bytes32 receivable)) internal _fingerprints;
    mapping(uint32 buyer => mapping(bytes32 tag => bytes32 order)) internal _orderTags;
    mapping(bytes32 receivable => bytes32 successor) internal _successors;
    /// @dev Kind of a log entry that awaits its answer, a claim or a dispute; none once it is answered.
    mapping(bytes32 receivable => mapping(uint32 index => uint8 kind)) internal _openEntries;
    mapping(address signer => mapping(bytes32 nonce => bool)) internal _nonces;
    mapping(address holder => uint256) internal _balances;
}
