import { isCompleteLog, liveEntries } from '../../fulfilment/domain/fulfilment-log.js';
import { kindOf, MILESTONE_KINDS, MILESTONE_RULES } from '../../fulfilment/domain/milestone-kinds.js';
import type { Disclosure } from '../../kernel/disclosure.js';
import { orderIdOf } from '../../orders/domain/order-id.js';
import { isMoney } from '../../receivables/domain/documents/figures.js';
import { hidesLines } from '../../receivables/domain/documents/read-documents.js';
import type { OrderEvidence, Viewpoint } from './evidence.js';
import { type Fragment, invalid, skipped, valid } from './fragment.js';
import { judgeOrderEncumbrance } from './judge-encumbrance.js';
import { judgeIntegrity } from './judge-integrity.js';
import { judgeMembership } from './judge-membership.js';
import { faultOf, refusalIn } from './order-in-batch.js';
import { remarks } from './remarks.js';

export const IN_FORCE = ['ACCEPTED', 'COMPLETED'];

/** All that can be said of an order from what was proven and shown; FINALITY is the header's and not judged here. */
export function judgeOrder(evidence: OrderEvidence, viewpoint: Viewpoint): Fragment[] {
  return [
    judgeIntegrity(evidence.documents, orderCommitments(evidence)),
    judgeIssuance(evidence),
    judgeOrderStatus(evidence),
    judgeFulfilment(evidence),
    judgeOrderCover(evidence),
    judgeOrderEncumbrance(evidence, viewpoint, evidence.state.encumberedDescendants),
    judgeMembership({ buyer: evidence.buyer, supplier: evidence.supplier }),
  ];
}

/** Commitments that the chain has for this order: its current version's and those of its log. */
export function orderCommitments({ identity, state, log }: OrderEvidence): ReadonlyMap<string, string> {
  const commitments = new Map<string, string>(
    log.map((entry) => [entry.commitment, `entry ${entry.index} of the log`]),
  );
  return commitments.set(state.commitment ?? identity.commitment, `version ${state.version} of the order`);
}

export function judgeIssuance({ order, identity, state, batch, notes }: OrderEvidence): Fragment {
  const fault = batch && faultOf(order, batch);
  if (fault) return invalid('ISSUANCE', fault.code, fault.message);
  const same = identity.buyer === state.buyer && identity.supplier === state.supplier;
  if (!same || orderIdOf(identity) !== order)
    return invalid('ISSUANCE', 'ORDER_ID_MISMATCH', 'The id does not commit to these parties and this first version.');
  const data = {
    ...{ buyer: state.buyer, supplier: state.supplier, keysInDoubt: notes.inDoubt, parties: notes.parties },
    ...(batch && { batch: { root: batch.root, index: batch.index, expiry: batch.expiry } }),
  };
  const refusal = batch && refusalIn(batch);
  if (refusal) return invalid('ISSUANCE', refusal.code, refusal.message, data);
  if (state.status === null) return invalid('ISSUANCE', 'ORDER_UNKNOWN', 'The registry has no such order.', data);
  if (!IN_FORCE.includes(state.status) && state.status !== 'CANCELLED')
    return invalid('ISSUANCE', 'SINGLE_AUTHOR', 'Only the buyer has signed it: the supplier has not accepted.', data);
  return valid(
    'ISSUANCE',
    `Posted by the buyer and accepted by the supplier${batch ? ', in a batch' : ''}, with keys live then.${remarks(notes)}`,
    data,
  );
}

export function judgeOrderStatus({ state }: OrderEvidence): Fragment {
  const data = { status: state.status, version: state.version, coverVersion: state.coverVersion };
  if (state.status === null || !IN_FORCE.includes(state.status))
    return invalid('STATUS', 'ORDER_NOT_IN_FORCE', `The order is ${state.status ?? 'unknown'}.`, data);
  if (state.framework)
    return invalid('STATUS', 'ORDER_IS_FRAMEWORK', 'It is a framework contract: what calls it off is financed.', data);
  return valid('STATUS', `The order is ${state.status}, version ${state.version}.`, data);
}

/** Complete, and nothing that can lower cover is kept from whoever asks (`EVIDENCE_WITHHELD`). */
export function judgeFulfilment({ order, state, log, documents }: OrderEvidence): Fragment {
  if (log.length !== state.entries || !isCompleteLog(order, log, state.head))
    return invalid('FULFILMENT', 'LOG_INCOMPLETE', 'The entries do not make up the log that the chain has.');
  if (log.some(({ kind }) => MILESTONE_KINDS[kind - 1] === undefined))
    return invalid('FULFILMENT', 'ENTRY_UNKNOWN', 'The log has a kind of entry that this program does not know.');
  const shown = new Map(documents.map(({ root, disclosure }) => [root, disclosure]));
  const live = liveEntries(log);
  const telling = live.filter(({ kind }) => MILESTONE_RULES[kindOf(kind)].touchesCover);
  // Many entries may name one document: each is read once.
  const named = new Set(telling.map(({ commitment }) => commitment));
  const hiding = new Set([...named].filter((commitment) => hidesLines(fieldsOf(shown.get(commitment)))));
  const withheld = telling.filter(({ commitment }) => hiding.has(commitment));
  const kinds = live.map(({ kind }) => kindOf(kind));
  const data = {
    entries: log.length,
    kinds,
    withheld: withheld.map(({ index, kind }) => ({ index, kind: kindOf(kind) })),
  };
  if (withheld.length > 0)
    return invalid(
      'FULFILMENT',
      'EVIDENCE_WITHHELD',
      `${withheld.length} receipt, return or inspection is not shown.`,
      data,
    );
  return valid('FULFILMENT', `The log is complete: ${log.length} entries, ${live.length} in force.`, data);
}

const fieldsOf = (disclosure: Disclosure | undefined): ReadonlyMap<string, string> | undefined =>
  disclosure && new Map(disclosure.fields.map(({ path, value }) => [path, value]));

/** Before delivery an order is worth its accepted version's value; how much of it is advanced is the lender's policy. */
function judgeOrderCover({ documents, state, identity }: OrderEvidence): Fragment {
  const root = state.commitment ?? identity.commitment;
  const shown = documents.find(({ kind, root: each }) => kind === 'ORDER' && each === root);
  const field = (path: string) => shown?.disclosure.fields.find((each) => each.path === path)?.value;
  const [amount, currency] = [field('/amount'), field('/currency')];
  if (amount === undefined || currency === undefined || !isMoney(amount, currency))
    return skipped('COVER', 'VALUE_NOT_SHOWN', 'The order’s amount and currency are not shown, or are no money.');
  return valid('COVER', `The accepted version is worth ${amount} ${currency}.`, { value: { amount, currency } });
}
