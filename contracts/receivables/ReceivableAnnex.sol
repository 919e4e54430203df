// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {RegistryMembers} from "../libraries/RegistryMembers.sol";
import {IMemberRegistry} from "../members/interfaces/IMemberRegistry.sol";
import {IOrderRegistry} from "../orders/interfaces/IOrderRegistry.sol";
import {LenderOverruling} from "./LenderOverruling.sol";
import {ReceivableBase} from "./ReceivableBase.sol";
import {ReceivableDefaulting} from "./ReceivableDefaulting.sol";
import {ReceivableDiluting} from "./ReceivableDiluting.sol";
import {ReceivablePaying} from "./ReceivablePaying.sol";
import {ReceivableRegistering} from "./ReceivableRegistering.sol";
import {ReceivableSplitting} from "./ReceivableSplitting.sol";
import {ReceivableToken} from "./ReceivableToken.sol";

/// @title ReceivableAnnex
/// @notice The second half of the receivable registry's code, since one contract holds 24,576 bytes: run by the registry on the
/// registry's own storage. Called by itself it knows no receivable and can do nothing.
contract ReceivableAnnex
    is
        ReceivablePaying,
        ReceivableDiluting,
        ReceivableSplitting,
        ReceivableDefaulting,
        LenderOverruling,
        ReceivableRegistering,
        ReceivableToken
    layout at erc7201("tradeproof.storage.ReceivableRegistry")
{
    constructor(IMemberRegistry members_, IOrderRegistry orders_) RegistryMembers(members_) ReceivableBase(orders_) {}
}
