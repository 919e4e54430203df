import { commit } from '../../../documents/commitment/commitment.js';
import { flatten } from '../../../documents/canonical/flatten.js';
import { lineHas } from '../../../documents/model/line-has.js';
import { headOf, ZERO } from '../../../fulfilment/domain/fulfilment-log.js';
import { kindNumber } from '../../../fulfilment/domain/milestone-kinds.js';
import type { Hex } from '../../../kernel/hex.js';
import type { Seed } from '../../../kernel/ids.js';
import { keccak256Hex } from '../../../kernel/keccak.js';
import { orderIdOf } from '../../../orders/domain/order-id.js';
import { ORDER_STATUSES } from '../../../orders/domain/order-status.js';
import { entryKindNumber, receivableHeadOf } from '../../../receivables/domain/receivable-log.js';
import { RECEIVABLE_STATUSES } from '../../../receivables/domain/states.js';
import type { BundledOrder, BundledReceivable } from '../bundle/bundle.js';
import { domainSeparator } from '../bundle/domain-separator.js';
import { neededSlots } from '../bundle/needed-slots.js';
import { writeBundle } from '../bundle/read-bundle.js';
import { ChainState } from '../chain-state.js';
import { trimmed } from '../qbft/trim-seals.js';
import type { TrustFile } from '../trust/schema.js';
import { trustOf } from '../trust/trust.js';
import { MadeState } from './made-state.js';
import { sealedHeader, validators } from './qbft-chain.js';

const [NUMBER, TIME] = [400, 1_795_650_000];
const [BUYER, SUPPLIER] = [1, 2];
const SALT = keccak256Hex('salt of the domain');
const MEMBERS = ['core', 'supplier-1'].map((name, i) => {
  return { name, number: i + 1, operators: [keccak256Hex(`operator of ${name}`).slice(0, 42) as Hex] };
});

type Line = Readonly<Record<'id' | 'item' | 'quantity', string>> & { readonly amount?: string };

/** A document with these lines, committed to and shown in whole. */
export function documentOf(kind: string, members: Readonly<Record<string, string>>, lines?: readonly Line[]) {
  const telling = lines?.map((line) => ({ ...line, has: lineHas(line) }));
  const fields = flatten({
    kind,
    ...members,
    ...(kind === 'RECEIPT' && { orderNumbers: [] }),
    ...(telling && { lines: telling }),
  });
  const commitment = commit(fields, keccak256Hex(`${kind} ${JSON.stringify([members, lines])}`) as Seed);
  return { commitment: commitment.root as Hex, document: commitment.disclose(['']) };
}

const bill = (amount: string) => {
  return { issueDate: '2026-11-12', dueDate: '2026-12-12', currency: 'GBP', amount, has: '' };
};

/**
 * The file of a receivable of £100 whose order's goods an earlier one took £60 of, which was born from another order too: £40 may be
 * advanced. Of a chain that never was, under the validators of the specification's trust file.
 */
export async function siblingsBundle(trust: TrustFile): Promise<string> {
  const state = new MadeState(trust);
  for (const { name, number, operators } of MEMBERS) {
    state.set('MemberRegistry', '_members', [number], { status: 1, roles: 3 });
    state.set('MemberRegistry', '_names', [name], number);
    state.set('MemberRegistry', '_operators', [operators[0]!], { member: number, addedAt: 2 });
  }
  state.set('MemberRegistry', '_domainSalt', [], SALT);

  const registry = domainSeparator(trust.chainId, trust.contracts.OrderRegistry.address as Hex, SALT);
  const orders = ['W.1', 'W.2'].map((item) => orderOf(state, registry, item));
  const [shared, other] = orders.map(({ id }) => id) as [Hex, Hex];
  const later = receivableOf(state, 'later', [shared], TIME - 100, '100.00', [
    { id: '1', item: 'W.1', quantity: '100', amount: '100.00' },
  ]);
  const earlier = receivableOf(state, 'earlier', [shared, other].sort(), TIME - 200, '70.00', [
    { id: '1', item: 'W.1', quantity: '60', amount: '60.00' },
    { id: '2', item: 'W.2', quantity: '10', amount: '10.00' },
  ]);

  const said = {
    members: MEMBERS,
    orders: orders.sort((a, b) => (a.id < b.id ? -1 : 1)),
    receivables: [later, earlier],
  };
  const layouts = Object.entries(trust.contracts).map(([name, each]) => [name, each.implementations[0]!.layout]);
  const chain = new ChainState(Object.fromEntries(layouts) as ConstructorParameters<typeof ChainState>[0]);
  const bearer = { obligor: BUYER, instalment: 1, instalments: 1 };
  const { stateRoot, state: proven } = await state.prove(neededSlots(chain, said, () => bearer));
  const header = trimmed(sealedHeader({ number: NUMBER, timestamp: TIME, stateRoot, set: validators(4) }));
  const subject = { kind: 'RECEIVABLE' as const, id: later.id };
  return writeBundle({ ...said, chainId: trustOf(trust).chainId, subject, header, lineage: [], state: proven });
}

/** An order of a hundred of something at £1, all of it received. */
function orderOf(state: MadeState, registry: Hex, item: string): BundledOrder {
  const line = { id: '1', item, quantity: '100' };
  const order = documentOf('ORDER', { number: `PO ${item}`, currency: 'GBP', amount: '100.00' }, [
    { ...line, amount: '100.00' },
  ]);
  const tag = keccak256Hex(`tag of ${item}`);
  const id = orderIdOf({ registry, buyer: BUYER, supplier: SUPPLIER, commitment: order.commitment, tag });
  const received = documentOf('RECEIPT', { order: id }, [line]);
  const entry = { kind: kindNumber('RECEIVED'), author: BUYER, supersedes: ZERO, recordedAt: TIME - 300, ...received };
  state.set('OrderRegistry', '_orders', [id], {
    ...{ buyer: BUYER, supplier: SUPPLIER, status: ORDER_STATUSES.indexOf('ACCEPTED') + 1 },
    ...{ version: 1, coverVersion: 1, entries: 1 },
  });
  state.set('OrderRegistry', '_heads', [id], headOf([{ ...entry, order: id, index: 0 }]));
  return { id, firstCommitment: order.commitment, tag, document: order.document, log: [entry] };
}

function receivableOf(
  state: MadeState,
  name: string,
  orders: readonly Hex[],
  recordedAt: number,
  amount: string,
  lines: readonly Line[],
): BundledReceivable {
  const id = keccak256Hex(`the ${name} receivable`);
  const fingerprint = keccak256Hex(`fingerprint of ${id}`);
  const invoice = documentOf('INVOICE', bill(amount), lines);
  const { currency, dueDate } = bill(amount);
  const confirmation = documentOf('CONFIRMATION', { receivable: id, amount, currency, dueDate });
  const log = [{ kind: entryKindNumber('CONFIRMATION'), about: 0, recordedAt, ...confirmation }];
  state.set('ReceivableRegistry', '_receivables', [id], {
    ...{ obligor: BUYER, supplier: SUPPLIER, status: RECEIVABLE_STATUSES.indexOf('CONFIRMED') + 1 },
    ...{ entries: 1, instalment: 1, instalments: 1, holder: MEMBERS[1]!.operators[0]! },
    ...{ commitment: invoice.commitment, head: receivableHeadOf(id, log) },
  });
  state.list('ReceivableRegistry', '_orders', id, orders);
  state.set('ReceivableRegistry', '_fingerprints', [BUYER, fingerprint], id);
  return { id, parent: ZERO, orders, fingerprints: [fingerprint], document: invoice.document, log };
}
