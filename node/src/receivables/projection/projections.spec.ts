import { ProjectionRegistry } from '../../indexer/index.js';
import { RowCache } from '../../indexer/row-cache.js';
import type { ContractEvent, EventRecord } from '../../kernel/contract-events.generated.js';
import type { Hex } from '../../kernel/hex.js';
import { registerProjections } from './index.js';

const hash = (byte: number): Hex => `0x${byte.toString(16).padStart(2, '0').repeat(32)}`;
const address = (byte: number): Hex => `0x${byte.toString(16).padStart(2, '0').repeat(20)}`;
const [R, A, B, LENDER] = [hash(1), hash(0xa), hash(0xb), address(7)];

type Rows = Record<string, Record<string, unknown>[]>;
type Said<E extends ContractEvent = ContractEvent> = E extends ContractEvent ? Pick<E, 'name' | 'args'> : never;

/** What the tables hold after these events, one a block from block 1, by table in the order of their first change. */
async function after(...events: Said[]): Promise<Rows> {
  const registry = new ProjectionRegistry();
  registerProjections(registry);
  const cache = new RowCache(() => Promise.resolve([]), true);
  const kept = new Map<string, Map<string, Record<string, unknown>>>();
  for (const [i, said] of events.entries()) {
    const event = { ...said, contract: 'ReceivableRegistry' } as ContractEvent;
    const record: EventRecord = { event, block: i + 1, blockTime: 1000 + i, logIndex: 0, tx: hash(0xee) };
    for (const projection of registry.of(event.name)) {
      const [entries] = await cache.preload([projection.touches(record)]);
      cache.begin(record.block, false, entries!);
      projection.apply(record, cache);
    }
    for (const { table, inserts, updates } of cache.collect().changes) {
      const rows = kept.get(table.name) ?? new Map<string, Record<string, unknown>>();
      kept.set(table.name, rows);
      for (const row of [...inserts, ...updates]) rows.set(table.key.map((column) => row[column]).join(), { ...row });
    }
  }
  return Object.fromEntries([...kept].map(([name, rows]) => [name, [...rows.values()]]));
}

const issued: Said = {
  name: 'ReceivableIssued',
  args: { receivable: R, obligor: 1, supplier: 2, holder: address(5), commitment: hash(2), orders: [A, B] },
};
const confirmed: Said = {
  name: 'ReceivableConfirmed',
  args: { receivable: R, confirmation: hash(3), scope: 5, fingerprints: [hash(0xf1), hash(0xf2)], head: hash(0x11) },
};
const reserved = (terms: Hex): Said => ({
  name: 'EncumbranceReserved',
  args: { object: R, lender: LENDER, onOrder: false, kind: 2, disburseBy: 5000, terms, coverVersion: 4 },
});
const place = (block: number) => ({ block, log: 0, tx: hash(0xee), at: 999 + block });

describe('what ReceivableRegistry says', () => {
  it('makes a receivable with its orders in their order', async () => {
    expect(await after(issued)).toEqual({
      chain_receivables: [
        expect.objectContaining({
          id: R,
          status: 'ISSUED',
          entries: 0,
          issued_block: 1,
          issued: place(1),
          confirmed: null,
        }),
      ],
      chain_receivable_orders: [
        { receivable: R, order_id: A, place: 0 },
        { receivable: R, order_id: B, place: 1 },
      ],
    });
  });

  it('confirms it, and takes a fingerprint for each tag key under its obligor', async () => {
    const rows = await after(issued, confirmed);
    expect(rows['chain_receivables']).toMatchObject([
      { status: 'CONFIRMED', confirmation: hash(3), scope: 5, entries: 1, head: hash(0x11), confirmed: place(2) },
    ]);
    expect(rows['chain_fingerprints']).toEqual([
      { receivable: R, fingerprint: hash(0xf1), obligor: 1, place: 0 },
      { receivable: R, fingerprint: hash(0xf2), obligor: 1, place: 1 },
    ]);
  });

  it('counts every entry of its log, whose acknowledgements and resolutions name another', async () => {
    const log = (byte: number) => ({ receivable: R, commitment: hash(byte), head: hash(byte + 0x40) });
    const rows = await after(
      issued,
      confirmed,
      { name: 'PaymentClaimed', args: { index: 1, ...log(0x21) } },
      { name: 'CreditNoteIssued', args: { index: 2, coverVersion: 1, ...log(0x22) } },
      { name: 'DisputeOpened', args: { index: 3, coverVersion: 2, ...log(0x23) } },
      {
        name: 'PaymentAcknowledged',
        args: { receivable: R, index: 1, settles: true, head: hash(0x64), coverVersion: 3 },
      },
      { name: 'ReceivableSettled', args: { receivable: R } },
      { name: 'DisputeResolved', args: { index: 3, coverVersion: 3, ...log(0x25) } },
    );
    expect(rows['chain_receivables']).toMatchObject([
      { status: 'SETTLED', entries: 6, cover_version: 3, open_disputes: 0, head: hash(0x65), ended: place(7) },
    ]);
    expect(rows['chain_payments']).toMatchObject([
      { entry: 1, settles: true, claimed: place(3), acknowledged: place(6) },
    ]);
    expect(rows['chain_credit_notes']).toEqual([{ receivable: R, entry: 2, commitment: hash(0x22), issued: place(4) }]);
    expect(rows['chain_disputes']).toMatchObject([{ entry: 3, resolution: hash(0x25), resolved: place(8) }]);
  });

  it('tells the life of an encumbrance, and keeps those before the last', async () => {
    const rows = await after(
      issued,
      reserved(hash(0x31)),
      { name: 'EncumbranceLapsed', args: { object: R } },
      reserved(hash(0x32)),
      { name: 'EncumbranceDisbursed', args: { object: R, state: 3, paymentReference: hash(0x41) } },
      { name: 'NoticeGiven', args: { object: R, notice: hash(0x42) } },
      { name: 'NoticeAcknowledged', args: { object: R } },
    );
    expect(rows['chain_past_encumbrances']).toMatchObject([
      { terms: hash(0x31), state: 'NONE', ending: 'LAPSED', reserved_block: 2, ended: place(3) },
    ]);
    expect(rows['chain_encumbrances']).toMatchObject([
      {
        ...{ object: R, terms: hash(0x32), kind: 'ASSIGNMENT', state: 'NOTIFIED', ending: null, cover_version: 4 },
        ...{ payment_reference: hash(0x41), notice: hash(0x42), disbursed: place(5), acknowledged: place(7) },
      },
    ]);
    const released = await after(reserved(hash(0x31)), {
      name: 'EncumbranceReleased',
      args: { object: R, reason: hash(9) },
    });
    expect(released['chain_encumbrances']).toMatchObject([
      { state: 'NONE', ending: 'RELEASED', release_reason: hash(9), ended: place(2) },
    ]);
    const dropped = await after(reserved(hash(0x31)), { name: 'EncumbranceDropped', args: { object: R } });
    expect(dropped['chain_encumbrances']).toMatchObject([{ state: 'NONE', ending: 'DROPPED' }]);
  });

  it('voids a receivable, for a successor or for none, and registers order tags', async () => {
    const voided = (successor: Hex): Said => ({ name: 'ReceivableVoided', args: { receivable: R, successor } });
    expect((await after(issued, voided(hash(8))))['chain_receivables']).toMatchObject([
      { status: 'VOID', successor: hash(8) },
    ]);
    expect((await after(issued, voided(hash(0))))['chain_receivables']).toMatchObject([
      { status: 'VOID', successor: null },
    ]);
    const tagged = await after({ name: 'OrderTagRegistered', args: { buyer: 1, tag: hash(4), order: A } });
    expect(tagged).toEqual({ chain_order_tags: [{ buyer: 1, tag: hash(4), order_id: A }] });
  });

  it('is the same whenever it is replayed', async () => {
    const events = [issued, confirmed, reserved(hash(0x31))];
    expect(await after(...events)).toEqual(await after(...events));
  });
});
