import { entryKindOf, receivableHeadOf } from '../../receivables/domain/receivable-log.js';
import type { CoverStatement, ReceivableEvidence, Viewpoint } from './evidence.js';
import { type Fragment, invalid, skipped, valid } from './fragment.js';
import { judgeConfirmation } from './judge-confirmation.js';
import { isLive, judgeEncumbrance, judgeOrderEncumbrance, withUntagged } from './judge-encumbrance.js';
import { judgeIntegrity } from './judge-integrity.js';
import { termsOf } from './judge-lineage.js';
import { judgeMembership } from './judge-membership.js';
import { judgeFulfilment, judgeIssuance, judgeOrderStatus, orderCommitments } from './judge-order.js';
import { withOtherPayee } from './other-payee.js';
import { registrationsOf } from './registrations.js';

/** All that can be said of a receivable and the orders that it was born from. */
export function judgeReceivable(evidence: ReceivableEvidence, viewpoint: Viewpoint): Fragment[] {
  const documents = [...evidence.documents, ...evidence.orders.flatMap((order) => order.documents)];
  return [
    judgeIntegrity(documents, commitments(evidence)),
    ...evidence.orders.map(judgeIssuance).filter(({ status }) => status !== 'VALID'),
    judgeConfirmation(evidence, viewpoint),
    judgeStatus(evidence),
    ...evidence.orders.map(judgeOrderStatus).filter(({ status }) => status !== 'VALID'),
    ...judgeGoods(evidence),
    judgeCover(evidence),
    withOtherPayee(withRegistrations(judgeOwnEncumbrance(evidence, viewpoint), evidence), evidence),
    ...ordersEncumbered(evidence, viewpoint),
    judgeMembership({ obligor: evidence.obligor, supplier: evidence.supplier }),
  ];
}

function commitments(evidence: ReceivableEvidence): ReadonlyMap<string, string> {
  const { state, confirmation, orders, log } = evidence;
  const all = new Map(orders.flatMap((order) => [...orderCommitments(order)]));
  // Payments, credit notes and disputes are on chain by the log's head alone.
  if (isLogWhole(evidence)) for (const { kind, commitment } of log) all.set(commitment, `the ${nameOf(kind)}`);
  if (confirmation !== null) all.set(confirmation, 'the confirmation');
  return all.set(state.commitment, evidence.ancestors.length > 0 ? 'the part' : 'the invoice');
}

const nameOf = (kind: number): string => (entryKindOf(kind) ?? 'entry').toLowerCase().replaceAll('_', ' ');

/** Whether the entries are all that the chain has, in its order. */
const isLogWhole = ({ receivable, state, log }: ReceivableEvidence): boolean =>
  log.length === state.entries && receivableHeadOf(receivable, log) === state.head;

/**
 * Goods count for the whole, once: of a part the obligor said, by signing the split, how much of it they cover. What was recorded
 * since reaches it by a dispute or a credit note of the part itself.
 */
function judgeGoods(evidence: ReceivableEvidence): Fragment[] {
  const { orders, ancestors, log } = evidence;
  const judged = orders.map(judgeFulfilment);
  if (ancestors.length === 0) return judged;
  const incomplete = judged.filter(
    ({ status, reason: { code } }) => status !== 'VALID' && code !== 'EVIDENCE_WITHHELD',
  );
  const terms = termsOf(evidence);
  if (!terms) return [...incomplete, skipped('FULFILMENT', 'PART_NOT_SHOWN', 'The part’s own terms are not shown.')];
  const { amount, covered, currency } = terms;
  const splitAt = log[0]?.recordedAt ?? 0;
  const entriesSince = orders.flatMap((order) => order.log).filter(({ recordedAt }) => recordedAt > splitAt).length;
  const message = `The obligor signed that goods cover ${covered} of its ${amount} ${currency}; ${entriesSince} entries were made on its orders since.`;
  return [...incomplete, valid('FULFILMENT', message, { amount, covered, currency, entriesSince })];
}

function judgeStatus({ state }: ReceivableEvidence): Fragment {
  const { status, openDisputes, coverVersion, marks } = state;
  const data = { status, openDisputes, coverVersion, marks };
  if (state.status !== 'CONFIRMED')
    return invalid('STATUS', 'RECEIVABLE_NOT_CONFIRMED', `The receivable is ${state.status ?? 'unknown'}.`, data);
  if (state.openDisputes > 0)
    return invalid('STATUS', 'RECEIVABLE_DISPUTED', `The obligor disputes it (${state.openDisputes} open).`, data);
  if (marks.includes('OVERDUE'))
    return invalid('STATUS', 'RECEIVABLE_OVERDUE', `Its payee says that it is ${late(marks)}.`, data);
  return valid('STATUS', 'The receivable is CONFIRMED and undisputed.', data);
}

const late = (marks: readonly string[]): string => (marks.includes('DEFAULTED') ? 'in default' : 'overdue');

function judgeCover(evidence: ReceivableEvidence): Fragment {
  const { log, cover } = evidence;
  if (!isLogWhole(evidence))
    return invalid(
      'COVER',
      'LOG_INCOMPLETE',
      'What was paid, credited and disputed is not the whole of what the chain has.',
    );
  if (log.some(({ kind }) => entryKindOf(kind) === undefined))
    return invalid('COVER', 'ENTRY_UNKNOWN', 'Something was said of it on chain that this program does not know.');
  if (!cover) return skipped('COVER', 'COVER_NOT_SHOWN', 'The documents shown do not say what the claim is worth.');
  const { amount, currency, withoutReceipt } = cover;
  if (/^0(\.0*)?$/.test(amount))
    return invalid('COVER', 'COVER_EXHAUSTED', 'Nothing can be advanced on it now.', { cover });
  const word = withoutReceipt ? ', on the obligor’s word alone: not all goods were received' : '';
  return valid('COVER', `${amount} ${currency} may be advanced on it${word}.${othersCounted(cover)}`, { cover });
}

function othersCounted({ othersCounted: count }: CoverStatement): string {
  if (count === undefined) return '';
  return ` ${count} other receivables of the same orders are counted; that there are no more is the word of the file’s maker.`;
}

/** Where it is registered elsewhere, in the order of priority: evidence, on which the answer does not rest. */
function withRegistrations(fragment: Fragment, evidence: ReceivableEvidence): Fragment {
  const registrations = isLogWhole(evidence) ? registrationsOf(evidence) : [];
  if (registrations.length === 0) return fragment;
  const { code, message } = fragment.reason;
  const named = registrations.map(({ register, number }) => (register ? `${register} ${number}` : 'one not shown'));
  return {
    ...fragment,
    reason: { code, message: `${message} Registered elsewhere, in the order of record: ${named.join(', ')}.` },
    data: { ...fragment.data, registrations },
  };
}

function judgeOwnEncumbrance({ receivable, encumbrance, orders }: ReceivableEvidence, viewpoint: Viewpoint): Fragment {
  const fragment = judgeEncumbrance('receivable', receivable, encumbrance, viewpoint);
  return isLive(encumbrance, viewpoint.now) ? fragment : withUntagged(fragment, orders);
}

/** A lender's claim on an order reaches each receivable born from it (rule 1), and so do its tags (rule 2). */
function ordersEncumbered({ orders }: ReceivableEvidence, viewpoint: Viewpoint): Fragment[] {
  return orders.map((order) => judgeOrderEncumbrance(order, viewpoint)).filter(({ status }) => status !== 'VALID');
}
