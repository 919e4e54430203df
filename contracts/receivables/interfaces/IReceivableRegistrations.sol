// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IReceivableStates} from "./IReceivableStates.sol";

/// @title IReceivableRegistrations
/// @notice Registrations elsewhere, such as in a register of security interests, as evidence on a receivable.
interface IReceivableRegistrations is IReceivableStates {
    /// @param index Place in the log: where two say that they registered, this is the order in which they said it.
    event RegistrationRecorded(bytes32 indexed receivable, uint32 index, address by, bytes32 commitment, bytes32 head);

    /// @notice `account` neither holds `receivable` nor has a claim on it.
    error RegistrationUnauthorized(bytes32 receivable, address account);

    /// @notice Appends a registration to the log of a confirmed receivable. By its holder, or by the lender of a claim on it.
    /// @param commitment Root of the registration's fields: register, number, time.
    function recordRegistration(bytes32 receivable, bytes32 commitment) external;
}
