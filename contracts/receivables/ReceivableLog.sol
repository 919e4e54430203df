// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ReceivableBase} from "./ReceivableBase.sol";

/// @title ReceivableLog
/// @notice The hash chain over all that is said of a receivable.
abstract contract ReceivableLog is ReceivableBase {
    /// @dev Appends an entry as `interfaces/IReceivableLog.sol` says.
    /// @return index Its place.
    /// @return head The head with it.
    function _append(
        bytes32 id,
        Receivable storage record,
        uint8 kind,
        bytes32 commitment,
        uint32 about
    ) internal returns (uint32 index, bytes32 head) {
        index = record.entries++;
        bytes32 entry = keccak256(abi.encode(id, index, kind, commitment, about, uint40(block.timestamp)));
        head = keccak256(abi.encode(record.head, entry));
        record.head = head;
    }
}
