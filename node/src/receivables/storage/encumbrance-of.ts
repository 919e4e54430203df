import type { EventName } from '../../kernel/contract-events.generated.js';
import type { Encumbrance, EncumbranceEnding } from '../domain/receivable.js';
import type { ChainEncumbrance } from './chain-encumbrances.js';
import { refOf } from './event-place.js';

const ENDINGS: Readonly<Record<EncumbranceEnding, EventName>> = {
  LAPSED: 'EncumbranceLapsed',
  DROPPED: 'EncumbranceDropped',
  RELEASED: 'EncumbranceReleased',
  ROLLED_OVER: 'EncumbranceRolledOver',
  REPURCHASED: 'ReceivableRepurchased',
  WRITTEN_OFF: 'ReceivableWrittenOff',
  OVERRULED: 'LenderOverruled',
};

/** What a row tells of, as of block time `now`: a reservation past its disburseBy is none, whether or not it was cleared. */
export function encumbranceOf(row: ChainEncumbrance, now: number): Encumbrance {
  const { object, lender, kind, terms } = row;
  const lapsed = row.state === 'RESERVED' && now > row.disburse_by;
  return {
    ...{ object, lender, kind, terms },
    onOrder: row.on_order,
    state: lapsed ? 'NONE' : row.state,
    disburseBy: row.disburse_by,
    coverVersion: row.cover_version,
    notice: row.notice,
    paymentReference: row.payment_reference,
    releaseReason: row.release_reason,
    rolledOverTo: row.rolled_over_to,
    contest: row.contest,
    recourse: row.recourse,
    releaseDemand: row.release_demand,
    overrulableFrom: row.overrulable_from,
    ending: lapsed ? 'LAPSED' : row.ending,
    reserved: refOf('EncumbranceReserved', object, row.reserved),
    disbursed: refOf('EncumbranceDisbursed', object, row.disbursed),
    notified: refOf('NoticeGiven', object, row.notified),
    acknowledged: refOf('NoticeAcknowledged', object, row.acknowledged),
    contested: refOf('DisbursementContested', object, row.contested),
    recourseCalled: refOf('RecourseCalled', object, row.recourse_called),
    releaseDemanded: refOf('ReleaseDemanded', object, row.release_demanded),
    ended: refOf(ENDINGS[row.ending ?? 'LAPSED'], object, row.ended),
  };
}
