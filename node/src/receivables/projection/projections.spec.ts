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
  args: {
    ...{ receivable: R, confirmation: hash(3), scope: 5, fingerprints: [hash(0xf1), hash(0xf2)] },
    ...{ instalment: 2, instalments: 3, head: hash(0x11) },
  },
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
      {
        status: 'CONFIRMED',
        confirmation: hash(3),
        scope: 5,
        entries: 1,
        head: hash(0x11),
        confirmed: place(2),
        instalment: 2,
        instalments: 3,
      },
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

  it('counts a claim to have paid that was withdrawn, and its cover version stays', async () => {
    const claimed = { receivable: R, index: 1, commitment: hash(0x21), head: hash(0x61) };
    const rows = await after(
      issued,
      confirmed,
      { name: 'PaymentClaimed', args: claimed },
      { name: 'PaymentWithdrawn', args: { receivable: R, index: 1, head: hash(0x62) } },
    );
    expect(rows['chain_receivables']).toMatchObject([
      { status: 'CONFIRMED', entries: 3, cover_version: 0, head: hash(0x62) },
    ]);
    expect(rows['chain_payments']).toEqual([
      {
        ...{ receivable: R, entry: 1, commitment: hash(0x21), settles: false },
        ...{ claimed: place(3), acknowledged: null, withdrawn: place(4) },
      },
    ]);
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
    const cancelled = await after({ name: 'ConsentNonceCancelled', args: { signer: address(6), nonce: hash(4) } });
    expect(cancelled).toEqual({ chain_cancelled_nonces: [{ signer: address(6), nonce: hash(4) }] });
    expect(tagged).toEqual({ chain_order_tags: [{ buyer: 1, tag: hash(4), order_id: A }] });
  });

  it('splits it into parts that are confirmed on its terms', async () => {
    const P = hash(0x51);
    const rows = await after(
      issued,
      confirmed,
      { name: 'ReceivableSplit', args: { receivable: R, parts: 1, head: hash(0x12) } },
      {
        name: 'ReceivableIssued',
        args: { receivable: P, obligor: 1, supplier: 2, holder: address(6), commitment: hash(0x52), orders: [A, B] },
      },
      { name: 'PartConfirmed', args: { receivable: P, parent: R, part: 0, scope: 5, head: hash(0x13) } },
    );
    expect(rows['chain_receivables']).toMatchObject([
      { id: R, status: 'SPLIT', entries: 2, head: hash(0x12), ended: place(3) },
      {
        ...{ id: P, status: 'CONFIRMED', parent: R, part: 0, scope: 5, confirmation: hash(0x52), entries: 1 },
        ...{ head: hash(0x13), instalment: 0, instalments: 0, confirmed: place(5) },
      },
    ]);
    expect(rows['chain_receivable_orders']).toHaveLength(4);
  });

  it('marks it and keeps what was said of it', async () => {
    const said = (byte: number) => ({ receivable: R, commitment: hash(byte), head: hash(byte + 0x40) });
    const rows = await after(
      issued,
      confirmed,
      reserved(hash(0x31)),
      { name: 'ReceivableMarkedOverdue', args: { index: 1, coverVersion: 1, ...said(0x21) } },
      { name: 'ReceivableMarkedDefaulted', args: { index: 2, coverVersion: 2, ...said(0x22) } },
      { name: 'RegistrationRecorded', args: { index: 3, by: LENDER, ...said(0x23) } },
      { name: 'ReceivableWrittenOff', args: { index: 4, ...said(0x24) } },
    );
    expect(rows['chain_receivables']).toMatchObject([
      { status: 'WRITTEN_OFF', marks: 3, entries: 5, cover_version: 2, head: hash(0x64), ended: place(7) },
    ]);
    expect(rows['chain_statements']).toEqual([
      { receivable: R, entry: 1, kind: 'OVERDUE', commitment: hash(0x21), by: null, made: place(4) },
      { receivable: R, entry: 2, kind: 'DEFAULT', commitment: hash(0x22), by: null, made: place(5) },
      { receivable: R, entry: 3, kind: 'REGISTRATION', commitment: hash(0x23), by: LENDER, made: place(6) },
      { receivable: R, entry: 4, kind: 'WRITE_OFF', commitment: hash(0x24), by: null, made: place(7) },
    ]);
    expect(rows['chain_encumbrances']).toMatchObject([
      { state: 'NONE', ending: 'WRITTEN_OFF', release_reason: hash(0x24), ended: place(7) },
    ]);
  });

  it('tells how a claim is contested, called on, bought back, rolled over or overruled', async () => {
    const said = (object: Hex, byte: number) => ({ object, commitment: hash(byte) });
    const trouble = await after(
      reserved(hash(0x31)),
      { name: 'DisbursementContested', args: said(R, 0x21) },
      { name: 'RecourseCalled', args: said(R, 0x22) },
      { name: 'ReleaseDemanded', args: { receivable: R, commitment: hash(0x23), overrulableFrom: 7000 } },
      { name: 'LenderOverruled', args: { receivable: R } },
    );
    expect(trouble['chain_encumbrances']).toMatchObject([
      {
        ...{ contest: hash(0x21), contested: place(2), recourse: hash(0x22), recourse_called: place(3) },
        ...{ release_demand: hash(0x23), release_demanded: place(4), overrulable_from: 7000 },
        ...{ state: 'NONE', ending: 'OVERRULED', ended: place(5) },
      },
    ]);
    const bought = await after(issued, confirmed, reserved(hash(0x31)), {
      name: 'ReceivableRepurchased',
      args: { receivable: R, commitment: hash(0x24) },
    });
    expect(bought['chain_receivables']).toMatchObject([{ status: 'CONFIRMED', marks: 4 }]);
    expect(bought['chain_encumbrances']).toMatchObject([{ ending: 'REPURCHASED', release_reason: hash(0x24) }]);
    const rolled = await after(reserved(hash(0x31)), {
      name: 'EncumbranceRolledOver',
      args: { order: R, receivable: hash(0x53) },
    });
    expect(rolled['chain_encumbrances']).toMatchObject([{ ending: 'ROLLED_OVER', rolled_over_to: hash(0x53) }]);
  });

  it('settles it by the payee’s word alone', async () => {
    const rows = await after(
      issued,
      confirmed,
      { name: 'SettlementDeclared', args: { receivable: R, index: 1, head: hash(0x12), coverVersion: 1 } },
      { name: 'ReceivableSettled', args: { receivable: R } },
    );
    expect(rows['chain_receivables']).toMatchObject([
      { status: 'SETTLED', entries: 2, cover_version: 1, head: hash(0x12), ended: place(4) },
    ]);
  });

  it('is the same whenever it is replayed', async () => {
    const events = [issued, confirmed, reserved(hash(0x31))];
    expect(await after(...events)).toEqual(await after(...events));
  });
});
