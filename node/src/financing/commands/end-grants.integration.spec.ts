import { DataSource } from 'typeorm';
import { migratedDatabase } from '../../../../test/support/migrated-database.js';
import type { TestDatabase } from '../../../../test/support/postgres.js';
import { UnitOfWork } from '../../database/index.js';
import { Rewinds } from '../../events/index.js';
import type { BlockRef, IndexHead } from '../../indexer/index.js';
import { type Hex, toBytes } from '../../kernel/hex.js';
import type { Financing, Offer } from '../domain/financing.js';
import type { FinancingStatus } from '../domain/states.js';
import type { Position } from '../queries/positions.js';
import { EndingStore } from '../storage/ending.store.js';
import { FinancingStore } from '../storage/financing.store.js';
import { SeenBlock } from '../storage/seen-block.js';
import { EndGrants } from './end-grants.handler.js';

const hash = (byte: string): Hex => `0x${byte.repeat(32)}`;
const LENDER: Hex = `0x${'1e'.repeat(20)}`;
const BEGIN = 1_000_000;
const [OFFERED, FIRST, SECOND, THIRD] = ['a1', 'a2', 'a3', 'a4'].map(hash) as [Hex, Hex, Hex, Hex];
/** An order or a receivable of each, told apart from it. */
const objectOf = (id: Hex): Hex => `0x${id.slice(2, 4)}${'0b'.repeat(31)}`;

let database: TestDatabase;
let source: DataSource;
let unitOfWork: UnitOfWork;
let store: FinancingStore;
let job: EndGrants;

let block: BlockRef = { number: 10, hash: hash('00'), timestamp: BEGIN };
const head = { current: () => block } as unknown as IndexHead;
const indexed = (number: number, timestamp = block.timestamp) => void (block = { ...block, number, timestamp });
/** Another block came under the number of the last one. */
async function replaced(): Promise<void> {
  block = { ...block, hash: hash('01') };
  const values = [block.number, toBytes(block.hash), block.timestamp];
  await source.query('INSERT INTO indexer_blocks (number, hash, timestamp) VALUES ($1, $2, $3)', values);
}

/** What was looked at, and which grants were ended, since it was last asked. */
let [looks, ends]: [Hex[], Hex[]] = [[], []];
const cleared: Hex[] = [];
let fault: Error | undefined;
const statuses = new Map<Hex, FinancingStatus>();

const begun = (): EndGrants =>
  new EndGrants(
    unitOfWork,
    new EndingStore(unitOfWork),
    new SeenBlock(unitOfWork),
    {
      async lock(id: Hex) {
        if (fault) throw fault;
        looks.push(id);
        return { financing: await store.lock(id), status: statuses.get(id)! };
      },
    } as never,
    { end: ({ id }: Financing) => Promise.resolve(void ends.push(id)) } as never,
    { run: ({ financing }: Position) => Promise.resolve(void cleared.push(financing.id)) } as never,
    head,
    new Rewinds(unitOfWork),
  );

async function sweep(): Promise<{ looks: Hex[]; ends: Hex[] }> {
  [looks, ends] = [[], []];
  await job.handle();
  return { looks: looks.sort(), ends: ends.sort() };
}
const NOTHING = { looks: [], ends: [] };
const ended = (id: Hex) => ({ looks: [id], ends: [id] });

/** The chain's word, in a block, that the reservation of a financing has ended. */
async function endedOnChain(id: Hex, at: number): Promise<void> {
  statuses.set(id, 'CLOSED');
  await source.query(
    `INSERT INTO chain_encumbrances (object, on_order, lender, kind, state, terms, disburse_by, cover_version, reserved_block,
       reserved_log, reserved, ended, ending)
     VALUES ($1, true, $2, 'PLEDGE', 'NONE', $3, $4, 1, 5, 0, '{}', '{}', 'RELEASED')`,
    [objectOf(id), LENDER, hash('0f')].map(toBytes).concat(BEGIN as never),
  );
  await source.query(
    `INSERT INTO chain_events (block, log_index, block_time, tx, contract, name, args, object)
     VALUES ($1, (SELECT count(*) FROM chain_events), 0, '', 'ReceivableRegistry', 'EncumbranceReleased', '{}', $2)`,
    [at, toBytes(objectOf(id))],
  );
}

beforeAll(async () => {
  database = await migratedDatabase();
  source = await new DataSource({ type: 'postgres', url: database.url }).initialize();
  unitOfWork = new UnitOfWork(source);
  store = new FinancingStore(unitOfWork, head);
  job = begun();
  const terms = { expiresAt: BEGIN + 20, disburseBy: BEGIN + 10 };
  const offer = { terms, root: hash('0f'), certificate: { account: LENDER } } as unknown as Offer;
  for (const id of [OFFERED, FIRST, SECOND, THIRD]) {
    const requested = { amount: '1.00', currency: 'EUR' };
    const sides = { side: 'HOLDER', onOrder: true, holder: 1, lender: 2, holderCertificate: null } as const;
    const none = { declineReason: null, disbursementReference: null, releaseReason: null, rollsOver: null };
    const sent = { sent: true, evidenceAwaited: false };
    const financing = { id, object: objectOf(id), ...sides, requested, ...none, ...sent, offer: null } as const;
    await unitOfWork.run(() => store.add({ ...financing, status: 'REQUESTED' }));
    await unitOfWork.run(() => store.change(id, { status: 'OFFERED', offer }));
    statuses.set(id, id === OFFERED ? 'OFFERED' : 'DISBURSED');
  }
});

afterAll(async () => {
  await source?.destroy();
  await database?.drop();
});

it('looks at each once, and at none that runs on', async () => {
  expect(await sweep()).toEqual({ looks: [OFFERED, FIRST, SECOND, THIRD], ends: [] });
  indexed(11, BEGIN + 10);
  expect(await sweep()).toEqual(NOTHING);
});

it('looks at an offer when its times have come, and at what was said of', async () => {
  indexed(12, BEGIN + 11);
  expect(await sweep()).toEqual({ looks: [OFFERED], ends: [] });
  indexed(13, BEGIN + 20);
  expect(await sweep()).toEqual(NOTHING);
  await unitOfWork.run(() => store.change(FIRST, { disbursementReference: 'PAY.1' }));
  expect(await sweep()).toEqual({ looks: [FIRST], ends: [] });
  statuses.set(OFFERED, 'EXPIRED');
  indexed(14, BEGIN + 21);
  expect(await sweep()).toEqual(ended(OFFERED));
  expect(cleared).toEqual([OFFERED]);
  expect(await sweep()).toEqual(NOTHING);
});

it('looks at what a word on chain ended, in a block that took another’s place too, until it is done', async () => {
  await endedOnChain(FIRST, 15);
  indexed(15);
  fault = new Error('the connection is lost');
  await expect(job.handle()).rejects.toThrow(fault);
  fault = undefined;
  expect(await sweep()).toEqual(ended(FIRST));
  expect(await sweep()).toEqual(NOTHING);
  await endedOnChain(SECOND, 15);
  await replaced();
  expect(await sweep()).toEqual(ended(SECOND));
});

it('looks after a start at what ended while nobody did', async () => {
  await endedOnChain(THIRD, 9);
  expect(await sweep()).toEqual(NOTHING);
  job = begun();
  expect(await sweep()).toEqual(ended(THIRD));
});

it('looks at none amid a rebuild, and then at what was said meanwhile', async () => {
  await source.query('UPDATE indexer_checkpoint SET was_number = 15, was_hash = hash');
  await unitOfWork.run(() => store.change(FIRST, { disbursementReference: 'PAY.2' }));
  indexed(3, BEGIN - 10);
  expect(await sweep()).toEqual(NOTHING);
  await source.query('UPDATE indexer_checkpoint SET was_number = NULL, was_hash = NULL');
  indexed(16, BEGIN + 22);
  expect(await sweep()).toEqual({ looks: [FIRST], ends: [FIRST] });
});
