// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {IConsents} from "../libraries/Consents.sol";
import {GovernedRegistry} from "../libraries/GovernedRegistry.sol";
import {RegistryMembers} from "../libraries/RegistryMembers.sol";
import {IMemberRegistry} from "../members/interfaces/IMemberRegistry.sol";
import {IOrderRegistry} from "../orders/interfaces/IOrderRegistry.sol";
import {Encumbering} from "./Encumbering.sol";
import {ReceivableBase} from "./ReceivableBase.sol";
import {ReceivableConfirming} from "./ReceivableConfirming.sol";
import {ReceivableIssuing} from "./ReceivableIssuing.sol";
import {ReceivableVoiding} from "./ReceivableVoiding.sol";
import {Reserving} from "./Reserving.sol";

/// @title ReceivableRegistry
/// @notice Receivables and the lenders' claims on them and on orders: one lender at a time.
/// @dev What it does not know itself it delegates to the annex, whose address is part of its code and so of its code hash:
/// an upgrade that brings another annex is a vote on another hash.
contract ReceivableRegistry
    is IConsents, ReceivableIssuing, ReceivableConfirming, ReceivableVoiding, Reserving, Encumbering, GovernedRegistry
    layout at erc7201("tradeproof.storage.ReceivableRegistry")
{
    /// @notice The code behind what this contract does not know itself.
    address public immutable annex;

    /// @param annex_ A `ReceivableAnnex` with the same two registries.
    constructor(
        IMemberRegistry members_,
        IOrderRegistry orders_,
        address annex_
    ) RegistryMembers(members_) ReceivableBase(orders_) {
        annex = annex_;
    }

    fallback(bytes calldata input) external returns (bytes memory) {
        return Address.functionDelegateCall(annex, input);
    }

    /// @inheritdoc IConsents
    function cancelNonce(bytes32 nonce) external {
        if (_nonces[msg.sender][nonce]) revert ConsentNonceUsed(msg.sender, nonce);
        _nonces[msg.sender][nonce] = true;
        emit ConsentNonceCancelled(msg.sender, nonce);
    }

    /// @inheritdoc IConsents
    function nonceUsed(address signer, bytes32 nonce) external view returns (bool) {
        return _nonces[signer][nonce];
    }
}
