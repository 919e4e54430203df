import type { ProjectionRegistry } from '../../indexer/index.js';
import { onCreditNoteIssued } from './on-credit-note-issued.js';
import { onDisbursementContested } from './on-disbursement-contested.js';
import { onDisputeOpened } from './on-dispute-opened.js';
import { onDisputeResolved } from './on-dispute-resolved.js';
import { onEncumbranceDisbursed } from './on-encumbrance-disbursed.js';
import { onEncumbranceDropped } from './on-encumbrance-dropped.js';
import { onEncumbranceLapsed } from './on-encumbrance-lapsed.js';
import { onEncumbranceReleased } from './on-encumbrance-released.js';
import { onEncumbranceReserved } from './on-encumbrance-reserved.js';
import { onEncumbranceRolledOver } from './on-encumbrance-rolled-over.js';
import { onLenderOverruled } from './on-lender-overruled.js';
import { onNoticeAcknowledged } from './on-notice-acknowledged.js';
import { onNoticeGiven } from './on-notice-given.js';
import { onOrderTagRegistered } from './on-order-tag-registered.js';
import { onPartConfirmed } from './on-part-confirmed.js';
import { onPaymentAcknowledged } from './on-payment-acknowledged.js';
import { onPaymentClaimed } from './on-payment-claimed.js';
import { onReceivableConfirmed } from './on-receivable-confirmed.js';
import { onReceivableIssued } from './on-receivable-issued.js';
import { onReceivableMarkedDefaulted } from './on-receivable-marked-defaulted.js';
import { onReceivableMarkedOverdue } from './on-receivable-marked-overdue.js';
import { onReceivableRepurchased } from './on-receivable-repurchased.js';
import { onReceivableSettled } from './on-receivable-settled.js';
import { onReceivableSplit } from './on-receivable-split.js';
import { onReceivableVoided } from './on-receivable-voided.js';
import { onReceivableWrittenOff } from './on-receivable-written-off.js';
import { onRecourseCalled } from './on-recourse-called.js';
import { onRegistrationRecorded } from './on-registration-recorded.js';
import { onReleaseDemanded } from './on-release-demanded.js';
import { onSettlementDeclared } from './on-settlement-declared.js';

/** Everything that ReceivableRegistry says, and what it does to this room's tables. */
export function registerProjections(registry: ProjectionRegistry): void {
  registry.add(onReceivableIssued);
  registry.add(onReceivableConfirmed);
  registry.add(onReceivableSettled);
  registry.add(onReceivableVoided);
  registry.add(onPaymentClaimed);
  registry.add(onPaymentAcknowledged);
  registry.add(onCreditNoteIssued);
  registry.add(onDisputeOpened);
  registry.add(onDisputeResolved);
  registry.add(onEncumbranceReserved);
  registry.add(onEncumbranceDisbursed);
  registry.add(onEncumbranceLapsed);
  registry.add(onEncumbranceDropped);
  registry.add(onEncumbranceReleased);
  registry.add(onNoticeGiven);
  registry.add(onNoticeAcknowledged);
  registry.add(onOrderTagRegistered);
  registry.add(onSettlementDeclared);
  registry.add(onReceivableSplit);
  registry.add(onPartConfirmed);
  registry.add(onRegistrationRecorded);
  registry.add(onReceivableMarkedOverdue);
  registry.add(onReceivableMarkedDefaulted);
  registry.add(onReceivableWrittenOff);
  registry.add(onReceivableRepurchased);
  registry.add(onDisbursementContested);
  registry.add(onRecourseCalled);
  registry.add(onReleaseDemanded);
  registry.add(onLenderOverruled);
  registry.add(onEncumbranceRolledOver);
  registry.ignore({
    ConsentNonceCancelled: 'which nonces are spent only the contract decides; no row rests on one',
    Transfer: 'ERC-721 readers alone need it: ReceivableIssued, ReceivableVoided and ReceivableSplit say the same',
  });
}
