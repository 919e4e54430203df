// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LenderConsent} from "../../libraries/Consents.sol";
import {IReceivableStates} from "./IReceivableStates.sol";

/// @title IReceivableDefaults
/// @notice What happens when it does not go well: late, not paid, bought back, written off; money that is said not to have
/// come; a lender that is paid and says nothing.
interface IReceivableDefaults is IReceivableStates {
    event ReceivableMarkedOverdue(
        bytes32 indexed receivable,
        uint32 index,
        bytes32 commitment,
        bytes32 head,
        uint32 coverVersion
    );
    event ReceivableMarkedDefaulted(
        bytes32 indexed receivable,
        uint32 index,
        bytes32 commitment,
        bytes32 head,
        uint32 coverVersion
    );
    /// @notice The lender's claim on it ended with it.
    event ReceivableWrittenOff(bytes32 indexed receivable, uint32 index, bytes32 commitment, bytes32 head);
    event DisbursementContested(bytes32 indexed object, bytes32 commitment);
    event RecourseCalled(bytes32 indexed object, bytes32 commitment);
    /// @notice The lender has its money back from the holder; its claim ended, the receivable goes on.
    event ReceivableRepurchased(bytes32 indexed receivable, bytes32 commitment);
    event ReleaseDemanded(bytes32 indexed receivable, bytes32 commitment, uint40 overrulableFrom);
    event LenderOverruled(bytes32 indexed receivable);

    /// @notice The payee has marked `receivable` so before.
    error ReceivableAlreadyMarked(bytes32 receivable, uint8 marks);
    /// @notice Only what is overdue is in default; `receivable` is not marked so.
    error ReceivableNotOverdue(bytes32 receivable);
    /// @notice The holder has contested the disbursement on `object` already.
    error DisbursementAlreadyContested(bytes32 object);
    /// @notice The lender has called recourse for its claim on `object` already.
    error RecourseAlreadyCalled(bytes32 object);
    /// @notice What was asked is done after settlement; `receivable` is `status`.
    error ReceivableNotSettled(bytes32 receivable, ReceivableStatus status);
    /// @notice Release was demanded already.
    error ReleaseAlreadyDemanded(bytes32 receivable);
    /// @notice The lender has until `overrulableFrom`, 0 while release was not demanded; it is `timestamp`.
    error LenderNotSilent(bytes32 receivable, uint40 overrulableFrom, uint256 timestamp);
    /// @notice Only a passed vote of the lenders overrules one of them, not `caller`.
    error OverruleUnauthorized(address caller);

    /// @notice Marks it OVERDUE. By the payee entitled now; a due date that has passed does so not by itself.
    /// @param commitment Root of the statement's fields.
    function markOverdue(bytes32 receivable, bytes32 commitment) external;

    /// @notice Marks what is OVERDUE as DEFAULTED. By the payee entitled now.
    function markDefaulted(bytes32 receivable, bytes32 commitment) external;

    /// @notice Ends it as WRITTEN_OFF, and the lender's claim with it. By a lender to whom it was assigned and whose
    /// money is out: a pledge, noticed or not, gives no title to end what its holder is owed.
    /// @dev Consents: act `WRITE_OFF`, details `keccak256(abi.encode(receivable, commitment))`.
    /// @param firstLenders One for each encumbered order, object the order, in the orders' order.
    function writeOff(bytes32 receivable, bytes32 commitment, LenderConsent[] calldata firstLenders) external;

    /// @notice Says that the money of a disbursement did not come: marks it and frees nothing. By the holder of the
    /// receivable; of an order by an operator of its supplier.
    function contestDisbursement(bytes32 object, bytes32 commitment) external;

    /// @notice Calls on the recourse that was agreed. By the lender, of a disbursed claim on an order or a receivable.
    function callRecourse(bytes32 object, bytes32 commitment) external;

    /// @notice Acknowledges that the holder bought its receivable back: the lender's claim ends, the receivable is marked
    /// REPURCHASED and lives on. By the lender of a disbursed claim.
    function acknowledgeRepurchase(bytes32 receivable, bytes32 commitment) external;

    /// @notice Demands, after settlement, that the lender release its claim. By the holder, or an operator of the obligor or the
    /// supplier. Ten days later the lenders' chamber can overrule a lender that is still silent.
    function demandRelease(bytes32 receivable, bytes32 commitment) external;

    /// @notice Reverts unless the lender of the claim on `receivable` could be overruled now.
    function requireOverrulable(bytes32 receivable) external view;

    /// @notice Ends the claim of a silent lender. By the member registry alone, when the lenders' chamber has voted so.
    function overrule(bytes32 receivable) external;

    /// @notice Last second of the ten days that a lender has, 0 while release of its claim was not demanded.
    function overrulableFrom(bytes32 receivable) external view returns (uint40);
}
