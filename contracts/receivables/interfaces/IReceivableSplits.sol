// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LenderConsent, SignedConsent} from "../../libraries/Consents.sol";
import {IReceivableStates} from "./IReceivableStates.sol";

/// @title IReceivableSplits
/// @notice A receivable becomes parts that others hold (rule 4): they are confirmed on its terms, born from its orders, and
/// stand for themselves from then on. One part alone is a transfer. A part can be split again.
/// @dev Amounts are hidden from the chain: that the parts sum to what is still owed is for the obligor to check before it
/// signs. Nothing is said of a receivable any more once it is SPLIT: whoever disputes or credits names a part.
interface IReceivableSplits is IReceivableStates {
    /// @notice One part.
    /// @param holder One-time account of its new holder.
    /// @param commitment Root of the part's own fields: amount, terms, the receivable that it is a part of.
    struct Part {
        address holder;
        bytes32 commitment;
    }

    /// @dev Follows `ReceivableIssued` of the same part. Its commitment is what the obligor confirmed by its signature.
    event PartConfirmed(bytes32 indexed receivable, bytes32 indexed parent, uint32 part, uint8 scope, bytes32 head);
    event ReceivableSplit(bytes32 indexed receivable, uint32 parts, bytes32 head);

    /// @notice A receivable is split into 1 to `limit` parts, not `count`.
    error SplitInvalidPartCount(uint256 count, uint256 limit);
    /// @notice Each of the `parts` new holders accepts its part; `given` did.
    error SplitAcceptanceCountMismatch(uint256 given, uint256 parts);
    /// @notice The payee has marked `receivable` as overdue.
    error ReceivableIsOverdue(bytes32 receivable);

    /// @notice Consumes a confirmed, free, undisputed receivable that is not overdue and whose orders are in force. Sent by anyone.
    /// @dev The id of part i (`uint32`, from 0) is `keccak256(abi.encode(domainSeparator, keccak256("PART"), receivable, i))`, its
    /// hash `keccak256(abi.encode(id, holder, commitment))`. All consents have the object `receivable`. Consents of holder,
    /// obligor and first lenders: act `SPLIT`, details `keccak256(abi.encode(receivable, partsHash))`, partsHash =
    /// `keccak256` of the concatenated hashes of the parts. Consent of a new holder: act `ACCEPT`, details
    /// `keccak256(abi.encode(receivable, hash))` with its own part's alone, so that it need not see the others.
    /// @param holderConsent Of the holder.
    /// @param obligorConsent Of a live operator of the obligor, which must be active: it confirms each part (rule 10).
    /// @param acceptances One of each part's holder, in the order of the parts.
    /// @param firstLenders One for each encumbered order, object the order, in the orders' order.
    function split(
        bytes32 receivable,
        Part[] calldata parts,
        SignedConsent calldata holderConsent,
        SignedConsent calldata obligorConsent,
        SignedConsent[] calldata acceptances,
        LenderConsent[] calldata firstLenders
    ) external;

    /// @notice Receivable that this one is a part of, zero for none.
    function parentOf(bytes32 receivable) external view returns (bytes32 parent);
}
