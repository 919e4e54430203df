import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { backup } from '../../../scripts/backup/backup.js';
import { restore } from '../../../scripts/backup/restore.js';
import type { Anvil } from '../../../scripts/embedded/anvil.js';
import { rpc } from '../../../scripts/embedded/rpc.js';
import { startAnvil } from '../../../test/support/anvil.js';
import { deployTo, type TestConsortium } from '../../../test/support/deployment.js';
import { testDatabase, type TestDatabase } from '../../../test/support/postgres.js';
import { type ContractCall, Contracts, Keyring } from '../chain/index.js';
import { startRpcProxy } from '../chain/testing/rpc-proxy.js';
import { type Hex, toHex } from '../kernel/hex.js';
import { Submissions } from './submissions.js';
import { type OutboxFixture, outboxFixture, random32 } from './testing/outbox-fixture.js';

/** What waits in a database that is older than what was sent from it. */
let chain: Anvil;
let consortium: TestConsortium;
let outbox: OutboxFixture;
let order: Hex;
let fresh: TestDatabase;
let dir: string;

beforeEach(async () => {
  chain = await startAnvil();
  consortium = await deployTo(chain.url);
  fresh = await testDatabase();
  dir = mkdtempSync(join(tmpdir(), 'tradeproof-restored-'));
});
afterEach(async () => {
  await outbox.close();
  await fresh.drop();
  await chain.stop();
  rmSync(dir, { recursive: true, force: true });
});

const NOTHING: Hex = `0x${'00'.repeat(32)}`;
const RECEIVED = 6;

/** A call that the chain would take once more. */
const receipt = (): ContractCall => ({
  contract: 'OrderRegistry',
  fn: 'record',
  args: [order, RECEIVED, random32(), NOTHING],
});

async function query(sql: string, url = outbox.databaseUrl): Promise<pg.QueryResult<Record<string, unknown>>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query<Record<string, unknown>>(sql);
  } finally {
    await client.end();
  }
}

/** An order that the supplier has accepted. */
async function accepted(): Promise<Hex> {
  await outbox.settled((await outbox.post()).id);
  const { rows } = await query(`SELECT object FROM chain_events WHERE name = 'OrderPosted'`);
  const id = toHex(rows[0]!['object'] as Buffer);
  const { operator } = new Keyring(consortium.members[1]!.keys);
  const call = new Contracts(consortium.deployment).encode('OrderRegistry', 'accept', [id]);
  const { chainId } = consortium.deployment;
  const { raw, hash } = await operator.signTransaction({ ...call, chainId, nonce: 0, gasLimit: 500_000 });
  await rpc(chain.url, 'eth_sendRawTransaction', [raw]);
  // What rests on it is refused before it is in a block.
  while (!(await rpc(chain.url, 'eth_getTransactionReceipt', [hash])))
    await new Promise((next) => setTimeout(next, 20));
  return id;
}

/** What is submitted while `work` runs waits until it has ended, as behind many others. */
async function withLaneHeld<T>(work: () => Promise<T>): Promise<T> {
  const { operator } = new Keyring(consortium.members[0]!.keys);
  const holder = new pg.Client({ connectionString: outbox.databaseUrl });
  await holder.connect();
  try {
    await holder.query('SELECT pg_advisory_lock(hashtextextended($1, 7))', [operator.address]);
    return await work();
  } finally {
    await holder.end();
  }
}

it('sends nothing again that was sent after the backup, and all that was not', async () => {
  outbox = await outboxFixture(consortium, [chain.url]);
  order = await accepted();
  const ids = await withLaneHeld(async () => {
    const waiting: string[] = [];
    for (let i = 0; i < 3; i++) waiting.push((await outbox.submit(receipt(), order)).id);
    await backup({ databaseUrl: outbox.databaseUrl, member: 'core', out: join(dir, 'backup') });
    // One of them the node did not come to any more.
    await query(`DELETE FROM submissions WHERE id = '${waiting[1]!}'`);
    return waiting;
  });
  const [first, unsent, last] = ids as [string, string, string];
  const sent = [await outbox.settled(first), await outbox.settled(last)];
  await outbox.settled((await outbox.submit(receipt(), order)).id);
  const before = await outbox.nonce(chain.url);
  await outbox.stop();

  await restore({ databaseUrl: fresh.url, member: 'core', from: join(dir, 'backup') });
  await outbox.start([chain.url], fresh.url);
  const again = [await outbox.settled(first), await outbox.settled(last)];
  expect(again).toMatchObject(sent.map(({ transaction, block }) => ({ status: 'INCLUDED', transaction, block })));
  expect(await outbox.settled(unsent)).toMatchObject({ status: 'INCLUDED' });
  expect(await outbox.settled((await outbox.submit(receipt(), order)).id)).toMatchObject({ status: 'INCLUDED' });
  expect(await outbox.nonce(chain.url)).toBe(before + 2);
  const recorded = `SELECT args->>'commitment' AS it FROM chain_events WHERE name = 'MilestoneRecorded'`;
  const commitments = (await query(recorded, fresh.url)).rows.map(({ it }) => it);
  expect(commitments).toHaveLength(5);
  expect(new Set(commitments).size).toBe(5);
});

it('does not send again what took the nonce that it was to have', async () => {
  const deaf = await startRpcProxy(chain.url);
  outbox = await outboxFixture(consortium, [deaf.url]);
  order = await accepted();
  deaf.swallow('eth_sendRawTransaction');
  const call = receipt();
  const { id } = await outbox.submit(call, order);
  for (let status = 'QUEUED'; status !== 'SENT'; { status } = await outbox.app().get(Submissions).get(id))
    await new Promise((next) => setTimeout(next, 50));
  // As the database of before had sent it, with other gas.
  const { operator } = new Keyring(consortium.members[0]!.keys);
  const { chainId } = consortium.deployment;
  const request = new Contracts(consortium.deployment).encodeCall('OrderRegistry', 'record', call.args);
  const { raw, hash } = await operator.signTransaction({ ...request, chainId, nonce: 1, gasLimit: 3_000_000 });
  await rpc(chain.url, 'eth_sendRawTransaction', [raw]);
  deaf.swallow(null);
  expect(await outbox.settled(id)).toMatchObject({ status: 'INCLUDED', transaction: hash });
  expect(await outbox.nonce(chain.url)).toBe(2);
  await outbox.stop();
  await deaf.close();
});
