// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {GovernedRegistry} from "../libraries/GovernedRegistry.sol";
import {IMemberRegistry} from "../members/interfaces/IMemberRegistry.sol";
import {IOrderRegistry} from "../orders/interfaces/IOrderRegistry.sol";
import {Encumbering} from "./Encumbering.sol";
import {ReceivableBase} from "./ReceivableBase.sol";
import {ReceivableConfirming} from "./ReceivableConfirming.sol";
import {ReceivableDiluting} from "./ReceivableDiluting.sol";
import {ReceivableIssuing} from "./ReceivableIssuing.sol";
import {ReceivablePaying} from "./ReceivablePaying.sol";
import {ReceivableToken} from "./ReceivableToken.sol";
import {ReceivableVoiding} from "./ReceivableVoiding.sol";
import {Reserving} from "./Reserving.sol";

/// @title ReceivableRegistry
/// @notice Receivables and the lenders' claims on them and on orders: one lender at a time.
contract ReceivableRegistry
    is
        ReceivableIssuing,
        ReceivableConfirming,
        ReceivableVoiding,
        Reserving,
        Encumbering,
        ReceivablePaying,
        ReceivableDiluting,
        ReceivableToken
    layout at erc7201("tradeproof.storage.ReceivableRegistry")
{
    constructor(IMemberRegistry members_, IOrderRegistry orders_) GovernedRegistry(members_) ReceivableBase(orders_) {}
}
