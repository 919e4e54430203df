// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IReceivableRegistrations} from "./interfaces/IReceivableRegistrations.sol";
import {ReceivableEntryKinds} from "./libraries/ReceivableEntryKinds.sol";
import {ReceivableLog} from "./ReceivableLog.sol";

/// @title ReceivableRegistering
/// @notice Who holds a receivable or lends on it says where else it is registered.
abstract contract ReceivableRegistering is IReceivableRegistrations, ReceivableLog {
    /// @inheritdoc IReceivableRegistrations
    function recordRegistration(bytes32 id, bytes32 commitment) external {
        Receivable storage record = _confirmed(id);
        bool entitled = msg.sender == record.holder || msg.sender == _live(id).lender;
        if (!entitled) revert RegistrationUnauthorized(id, msg.sender);
        if (commitment == 0) revert ReceivableCommitmentMissing();
        (uint32 index, bytes32 head) = _append(id, record, ReceivableEntryKinds.REGISTRATION, commitment, 0);
        emit RegistrationRecorded(id, index, msg.sender, commitment, head);
    }
}
