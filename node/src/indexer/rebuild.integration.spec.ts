import type { Anvil } from '../../../scripts/embedded/anvil.js';
import { rpc } from '../../../scripts/embedded/rpc.js';
import { startAnvil } from '../../../test/support/anvil.js';
import { deployTo } from '../../../test/support/deployment.js';
import { GrantMaker } from './testing/grant-maker.js';
import { type IndexFixture, indexFixture } from './testing/index-fixture.js';
import { wipeChainTables } from './wipe-chain-tables.js';

let anvil: Anvil;
let grants: GrantMaker;
let index: IndexFixture;

beforeAll(async () => {
  anvil = await startAnvil();
  const { deployment } = await deployTo(anvil.url);
  grants = new GrantMaker(anvil.url, deployment);
  index = await indexFixture(deployment);
});
afterAll(async () => {
  await index.close();
  await anvil.stop();
});
beforeEach(async () => {
  await grants.resume();
  await grants.make(3);
  await index.pool.query('DELETE FROM event_rewinds');
});

/** The index as far as the chain is, and then nobody who goes on with it. */
async function indexAll(): Promise<void> {
  const indexer = index.start([anvil.url], { keptBlocks: 5 });
  await index.reachHead(anvil.url);
  while (await isRebuilding()) await new Promise((resolve) => setTimeout(resolve, 20));
  await indexer.stop();
}

async function isRebuilding(): Promise<boolean> {
  const { rows } = await index.pool.query<{ on: boolean }>(
    'SELECT was_number IS NOT NULL AS on FROM indexer_checkpoint',
  );
  return rows[0]!.on;
}

/** Blocks above which what was told is void. */
async function takenBack(): Promise<number[]> {
  const { rows } = await index.pool.query<{ to: number }>(
    'SELECT to_block::int4 AS "to" FROM event_rewinds ORDER BY seq',
  );
  return rows.map(({ to }) => to);
}

it('takes nothing back where the chain has the same blocks, however much came after them', async () => {
  await indexAll();
  const before = await index.checksum();
  await wipeChainTables(index.pool);
  expect(await isRebuilding()).toBe(true);
  await indexAll();
  expect(await index.checksum()).toEqual(before);
  await wipeChainTables(index.pool);
  // Further than is kept to go back to.
  await grants.make(12);
  await indexAll();
  expect(await takenBack()).toEqual([]);
});

it('goes as far as the first time before it is done when it is begun again on its way', async () => {
  await indexAll();
  await wipeChainTables(index.pool);
  await wipeChainTables(index.pool);
  await index.pool.query('UPDATE indexer_checkpoint SET number = 1');
  await wipeChainTables(index.pool);
  await indexAll();
  expect(await takenBack()).toEqual([]);
});

it('takes everything back where the chain has other blocks by then', async () => {
  await indexAll();
  await wipeChainTables(index.pool);
  await rpc(anvil.url, 'anvil_reorg', [2, []]);
  await grants.resume();
  await grants.make(2);
  await indexAll();
  expect(await takenBack()).toEqual([-1]);
});

it('takes everything back where the chain is shorter by then', async () => {
  await indexAll();
  await wipeChainTables(index.pool);
  await rpc(anvil.url, 'anvil_rollback', [2]);
  await indexAll();
  expect(await takenBack()).toEqual([-1]);
});

it('takes everything back at once when it is told to, on the way too', async () => {
  await indexAll();
  await wipeChainTables(index.pool, { retell: true });
  expect(await takenBack()).toEqual([-1]);
  expect(await isRebuilding()).toBe(false);
  await indexAll();
  await wipeChainTables(index.pool);
  await wipeChainTables(index.pool, { retell: true });
  expect(new Set(await takenBack())).toEqual(new Set([-1]));
  expect((await takenBack()).length).toBeGreaterThan(1);
  await indexAll();
});
