// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IConsents} from "../../libraries/Consents.sol";
import {IEncumbrances} from "./IEncumbrances.sol";
import {IReceivableDefaults} from "./IReceivableDefaults.sol";
import {IReceivableLifeCycle} from "./IReceivableLifeCycle.sol";
import {IReceivableLineage} from "./IReceivableLineage.sol";
import {IReceivableLog} from "./IReceivableLog.sol";
import {IReceivableRegistrations} from "./IReceivableRegistrations.sol";
import {IReceivableSplits} from "./IReceivableSplits.sol";
import {IReceivableToken} from "./IReceivableToken.sol";

/// @title IReceivableRegistry
/// @notice Receivables and who has a claim on them and on the orders behind them: where financing twice is refused.
interface IReceivableRegistry is
    IReceivableLifeCycle,
    IEncumbrances,
    IReceivableLog,
    IReceivableSplits,
    IReceivableDefaults,
    IReceivableRegistrations,
    IReceivableLineage,
    IReceivableToken,
    IConsents
{}
