import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type Anvil, startAnvilProcess } from '../../../scripts/embedded/anvil.js';
import { rpc } from '../../../scripts/embedded/rpc.js';
import { startAnvil } from '../../../test/support/anvil.js';
import { deployTo, type TestConsortium } from '../../../test/support/deployment.js';
import { lowPort } from '../../../test/support/ports.js';
import { Contracts, Keyring } from '../chain/index.js';
import { startRpcProxy } from '../chain/testing/rpc-proxy.js';
import { type Hex, toHex } from '../kernel/hex.js';
import { LaneWatch } from './lane-watch.js';
import { OutboxStore } from './outbox-store.js';
import type { Submission } from './submission.js';
import { Submissions } from './submissions.js';
import { type OutboxFixture, outboxFixture, random32 } from './testing/outbox-fixture.js';

let chain: Anvil;
let consortium: TestConsortium;
let outbox: OutboxFixture;

beforeEach(async () => {
  chain = await startAnvil();
  consortium = await deployTo(chain.url);
});
afterEach(async () => {
  await outbox.close();
  await chain.stop();
});

/** What `look` gives once it gives something. */
async function eventually<T>(look: () => Promise<T>): Promise<T> {
  for (const deadline = Date.now() + 120_000; ;) {
    const seen = await look();
    if (seen) return seen;
    if (Date.now() > deadline) throw new Error('it did not happen in time');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Polls until the submission is as wanted: a reorg shows in it without anything to wait for. */
async function until(id: string, wanted: (now: Submission) => boolean | Promise<boolean>): Promise<Submission> {
  for (const deadline = Date.now() + 120_000; ;) {
    const now = await outbox.app().get(Submissions).get(id);
    if (await wanted(now)) return now;
    if (Date.now() > deadline) throw new Error(`the submission stays ${JSON.stringify(now)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const receiptOf = (tx: Hex | null) =>
  rpc<{ status: string; blockNumber: string } | null>(chain.url, 'eth_getTransactionReceipt', [tx]);

/** Resolves once the index has gone back past the event. The minute for which nothing is refused then is not over while a test lasts. */
async function takenBack(name: string): Promise<void> {
  await eventually(async () => !(await happened(name)));
  await query(
    `INSERT INTO event_rewinds (to_block, at)
     SELECT (SELECT max(to_block) FROM event_rewinds), now() + n * interval '30 seconds' FROM generate_series(0, 20) n`,
  );
}

/** The member's admin revokes its operator, whose transactions revert from then on. */
async function revokeOperator(): Promise<void> {
  const { admin, operator } = new Keyring(consortium.members[0]!.keys);
  const block = Number(await rpc(chain.url, 'eth_blockNumber'));
  const contracts = new Contracts(consortium.deployment);
  const call = contracts.encode('MemberRegistry', 'revokeOperator', [operator.address, block]);
  const { chainId } = consortium.deployment;
  const { raw } = admin!.signTransaction({ ...call, chainId, nonce: 0, gasLimit: 500_000 });
  await rpc(chain.url, 'eth_sendRawTransaction', [raw]);
}

/** The supplier's acceptance, sent and included. Returns the raw transaction. */
async function acceptAsSupplier(order: Hex): Promise<Hex> {
  const { operator } = new Keyring(consortium.members[1]!.keys);
  const call = new Contracts(consortium.deployment).encode('OrderRegistry', 'accept', [order]);
  const { chainId } = consortium.deployment;
  const { raw } = await operator.signTransaction({ ...call, chainId, nonce: 0, gasLimit: 500_000 });
  await rpc(chain.url, 'eth_sendRawTransaction', [raw]);
  return raw;
}

/** A transaction of the operator that the outbox knows nothing of, included: an empty transfer to itself. */
async function sendAside(nonce: number): Promise<void> {
  const account = new Keyring(consortium.members[0]!.keys).operator;
  const { chainId } = consortium.deployment;
  const nothing = { chainId, nonce, to: account.address, data: '0x', gasLimit: 21_000 } as const;
  const { raw, hash } = await account.signTransaction(nothing);
  await rpc(chain.url, 'eth_sendRawTransaction', [raw]);
  await eventually(() => receiptOf(hash));
}

it('sends again what a reorg took back', async () => {
  outbox = await outboxFixture(consortium, [chain.url]);
  const ids: string[] = [];
  for (let i = 0; i < 3; i++) {
    const { id } = await outbox.post();
    await outbox.settled(id);
    ids.push(id);
  }
  const last = await outbox.settled(ids[2]!);
  await rpc(chain.url, 'anvil_reorg', [2, []]);
  const again = await until(ids[2]!, async ({ status, transaction, block }) => {
    const receipt = await receiptOf(transaction);
    return status === 'INCLUDED' && receipt !== null && Number(receipt.blockNumber) === block;
  });
  expect(again.transaction).toBe(last.transaction);
  for (const id of ids) expect((await receiptOf((await outbox.settled(id)).transaction))!.status).toBe('0x1');
});

it('sends what was stored and never sent before the node was killed, once', async () => {
  const deaf = await startRpcProxy(chain.url);
  deaf.swallow('eth_sendRawTransaction');
  outbox = await outboxFixture(consortium, [deaf.url]);
  const { id } = await outbox.post();
  const stored = await until(id, ({ status }) => status === 'SENT');
  await outbox.stop();
  await deaf.close();
  expect(await receiptOf(stored.transaction)).toBeNull();
  await outbox.start([chain.url]);
  const outcome = await outbox.settled(id);
  expect(outcome).toMatchObject({ status: 'INCLUDED', transaction: stored.transaction });
  expect(await outbox.nonce(chain.url)).toBe(1);
});

it('numbers anew what lost its nonce to a transaction made elsewhere', async () => {
  const deaf = await startRpcProxy(chain.url);
  deaf.swallow('eth_sendRawTransaction');
  outbox = await outboxFixture(consortium, [deaf.url]);
  const { id } = await outbox.post();
  const stored = await until(id, ({ status }) => status === 'SENT');
  // As a process would that had lost its lane, and comes back with what it saw then.
  await outbox.app().get(OutboxStore).requeue({ id, tx: random32() });
  expect(await until(id, () => true)).toMatchObject({ status: 'SENT', transaction: stored.transaction });
  await sendAside(0);
  deaf.swallow(null);
  const outcome = await outbox.settled(id);
  expect(outcome.status).toBe('INCLUDED');
  expect(outcome.transaction).not.toBe(stored.transaction);
  expect(await outbox.nonce(chain.url)).toBe(2);
  await outbox.stop();
  await deaf.close();
});

it('refuses nothing for want of what a reorg took back, which may come again', async () => {
  outbox = await outboxFixture(consortium, [chain.url]);
  await outbox.settled((await outbox.post()).id);
  const order = toHex(await eventually(() => happened('OrderPosted')));
  const acceptance = await acceptAsSupplier(order);
  await eventually(() => happened('OrderAccepted'));
  await rpc(chain.url, 'anvil_reorg', [1, []]);
  await takenBack('OrderAccepted');
  const { id } = await outbox.submit(
    { contract: 'OrderRegistry', fn: 'proposeChange', args: [order, random32()] },
    order,
  );
  // Both were looked at once this one is included, and it went first.
  expect((await outbox.settled((await outbox.post()).id)).status).toBe('INCLUDED');
  expect((await outbox.app().get(Submissions).get(id)).status).toBe('QUEUED');
  await rpc(chain.url, 'eth_sendRawTransaction', [acceptance]);
  expect((await outbox.settled(id)).status).toBe('INCLUDED');
});

it('numbers anew what reverted on a chain that had lost what it rests on', async () => {
  outbox = await outboxFixture(consortium, [chain.url]);
  await outbox.settled((await outbox.post()).id);
  const order = toHex(await eventually(() => happened('OrderPosted')));
  const acceptance = await acceptAsSupplier(order);
  await eventually(() => happened('OrderAccepted'));
  const call = { contract: 'OrderRegistry', fn: 'proposeChange', args: [order, random32()] } as const;
  const { id } = await outbox.submit({ ...call, args: [...call.args] }, order);
  const first = await outbox.settled(id);
  const { rows } = await query(`SELECT raw FROM submissions WHERE act = 'proposeChangeOrder'`);
  // The chain itself takes the change again, and the acceptance not yet.
  await rpc(chain.url, 'anvil_reorg', [2, [[toHex(rows[0]!['raw'] as Buffer), 0]]]);
  expect((await receiptOf(first.transaction))!.status).toBe('0x0');
  await takenBack('OrderAccepted');
  await until(id, ({ status }) => status === 'QUEUED');
  await rpc(chain.url, 'eth_sendRawTransaction', [acceptance]);
  const again = await until(id, ({ status }) => status === 'INCLUDED');
  expect(again.transaction).not.toBe(first.transaction);
  expect((await query(`SELECT 1 FROM chain_events WHERE name = 'OrderChangeProposed'`)).rowCount).toBe(1);
});

it('does not count as included what an endpoint showed in a block that the chain never kept', async () => {
  const deaf = await startRpcProxy(chain.url);
  outbox = await outboxFixture(consortium, [deaf.url]);
  const before = await outbox.settled((await outbox.post()).id);
  deaf.swallow('eth_sendRawTransaction');
  const { id } = await outbox.post();
  await until(id, ({ status }) => status === 'SENT');
  // As a receipt of a fork left it: the chain has neither that block nor the transaction.
  const never = toHex(randomBytes(32)).replace('0x', '\\x');
  await query(
    `UPDATE submissions SET status = 'INCLUDED', block = ${before.block}, block_hash = '${never}' WHERE id = '${id}'`,
  );
  await until(id, ({ status }) => status === 'SENT');
  deaf.swallow(null);
  const { block, transaction } = await outbox.settled(id);
  expect(await receiptOf(transaction)).toMatchObject({ status: '0x1', blockNumber: `0x${block!.toString(16)}` });
  expect(await outbox.nonce(chain.url)).toBe(2);
  await outbox.stop();
  await deaf.close();
});

it('counts nothing as included before its block is indexed', async () => {
  outbox = await outboxFixture(consortium, [chain.url]);
  await outbox.settled((await outbox.post()).id);
  // No event and no block more is indexed while another session holds the checkpoint.
  const holder = new pg.Client({ connectionString: outbox.databaseUrl });
  await holder.connect();
  await holder.query('BEGIN; SELECT * FROM indexer_checkpoint FOR UPDATE');
  const { id } = await outbox.post();
  const sent = await until(id, ({ status }) => status === 'SENT');
  await eventually(() => receiptOf(sent.transaction));
  for (let looks = 0; looks < 3; looks++) {
    await outbox.app().get(LaneWatch).handle();
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  expect((await outbox.app().get(Submissions).get(id)).status).toBe('SENT');
  await holder.query('ROLLBACK');
  await holder.end();
  expect((await outbox.settled(id)).status).toBe('INCLUDED');
});

it('goes on after nonces that only the chain knew of, and then lost', async () => {
  await sendAside(0);
  await sendAside(1);
  outbox = await outboxFixture(consortium, [chain.url]);
  const first = await outbox.settled((await outbox.post()).id);
  expect(first.status).toBe('INCLUDED');
  await rpc(chain.url, 'anvil_reorg', [3, []]);
  const again = await until(first.id, async ({ status, transaction, block }) => {
    const receipt = await receiptOf(transaction);
    return status === 'INCLUDED' && receipt !== null && Number(receipt.blockNumber) === block;
  });
  expect(again.transaction).toBe(first.transaction);
  expect((await outbox.settled((await outbox.post()).id)).status).toBe('INCLUDED');
  expect(await outbox.nonce(chain.url)).toBe(4);
});

it('waits for a chain that is down, and loses nothing', async () => {
  const flaky = await startRpcProxy(chain.url);
  outbox = await outboxFixture(consortium, [flaky.url]);
  flaky.cut(true);
  const ids = await Promise.all(Array.from({ length: 20 }, () => outbox.post().then(({ id }) => id)));
  await new Promise((resolve) => setTimeout(resolve, 500));
  for (const id of ids) expect((await outbox.app().get(Submissions).get(id)).status).toBe('QUEUED');
  flaky.cut(false);
  for (const id of ids) expect((await outbox.settled(id)).status).toBe('INCLUDED');
  expect(await outbox.nonce(chain.url)).toBe(20);
  await outbox.stop();
  await flaky.close();
});

it('tells why an included transaction reverted', async () => {
  const other = await startRpcProxy(chain.url);
  outbox = await outboxFixture(consortium, [other.url]);
  other.swallow('eth_sendRawTransaction');
  const doomed = await outbox.post();
  await until(doomed.id, ({ status }) => status === 'SENT');
  await revokeOperator();
  other.swallow(null);
  const outcome = await outbox.settled(doomed.id);
  expect(outcome).toMatchObject({
    status: 'REVERTED',
    settled: true,
    problem: { code: 'MEMBER_KEY_REVOKED', facts: { account: outbox.app().get(Keyring).operator.address } },
  });
  await outbox.stop();
  await other.close();
});

it('sends again, in order, what a killed chain lost', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'tradeproof-lost-'));
  let mortal = await startAnvilProcess({ dir, port: await lowPort() });
  const lost = await deployTo(mortal.url);
  try {
    outbox = await outboxFixture(lost, [mortal.url]);
    const kept = await outbox.settled((await outbox.post()).id);
    await mortal.save();
    const ids: string[] = [];
    for (let i = 0; i < 5; i++) {
      const { id } = await outbox.post();
      ids.push(id);
      await outbox.settled(id);
    }
    await mortal.kill();
    mortal = await startAnvilProcess({ dir, port: mortal.port });
    for (const id of ids)
      await until(id, async ({ status, transaction }) => {
        const method = 'eth_getTransactionReceipt';
        return status === 'INCLUDED' && (await rpc(mortal.url, method, [transaction])) !== null;
      });
    expect(await outbox.nonce(mortal.url)).toBe(6);
    const { rows } = await query(`SELECT count(*) AS n FROM chain_events WHERE name = 'OrderPosted'`);
    expect(Number(rows[0]!['n'])).toBe(6);
    expect(kept.status).toBe('INCLUDED');
  } finally {
    await outbox.stop();
    await mortal.stop();
    rmSync(dir, { recursive: true, force: true });
  }
});

const happened = (name: string) =>
  query(`SELECT object FROM chain_events WHERE name = '${name}'`).then(({ rows }) => rows[0]?.['object'] as Buffer);

async function query(sql: string): Promise<pg.QueryResult<Record<string, unknown>>> {
  const client = new pg.Client({ connectionString: outbox.databaseUrl });
  await client.connect();
  try {
    return await client.query<Record<string, unknown>>(sql);
  } finally {
    await client.end();
  }
}
