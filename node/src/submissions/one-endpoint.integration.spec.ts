import { keccak256 } from 'ethers';
import pg from 'pg';
import type { Anvil } from '../../../scripts/embedded/anvil.js';
import { rpc } from '../../../scripts/embedded/rpc.js';
import { startAnvil } from '../../../test/support/anvil.js';
import { deployTo, type TestConsortium } from '../../../test/support/deployment.js';
import { Contracts, Keyring } from '../chain/index.js';
import { type RpcProxy, startRpcProxy } from '../chain/testing/rpc-proxy.js';
import { type Hex, toHex } from '../kernel/hex.js';
import { LaneWatch } from './lane-watch.js';
import { OutboxStore } from './outbox-store.js';
import type { Submission } from './submission.js';
import { Submissions } from './submissions.js';
import { type OutboxFixture, outboxFixture, random32 } from './testing/outbox-fixture.js';

/** What the outbox makes of an endpoint that errs or lies. */
let chain: Anvil;
let consortium: TestConsortium;
let endpoint: RpcProxy;
let outbox: OutboxFixture;

beforeAll(async () => {
  chain = await startAnvil();
  consortium = await deployTo(chain.url);
});
beforeEach(async () => {
  endpoint = await startRpcProxy(chain.url);
  outbox = await outboxFixture(consortium, [endpoint.url]);
});
afterEach(async () => {
  await outbox.close();
  await endpoint.close();
});
afterAll(() => chain.stop());

/** The next request of this method is answered so. Returns whether one was. */
function answerOnce(method: string, answer: unknown): () => boolean {
  let given = false;
  endpoint.tamper((call, result) => {
    if (given || call.method !== method) return result;
    given = true;
    return answer;
  });
  return () => given;
}

/** Among how many nonces the outbox looks for lost ones, each time from now on. */
function rangesAsked(): number[] {
  const store = outbox.app().get(OutboxStore);
  const look = store.unusedNonces.bind(store);
  const ranges: number[] = [];
  store.unusedNonces = (account, from, to) => {
    ranges.push(to - from);
    return look(account, from, to);
  };
  return ranges;
}

it.each([
  ['counts a thousand million nonces', 'eth_getTransactionCount', '0x3b9aca00'],
  ['estimates one unit of gas', 'eth_estimateGas', '0x1'],
  ['estimates more gas than a block takes', 'eth_estimateGas', '0xffffffff'],
])('includes what was signed while it %s, and what comes after', async (_, method, answer) => {
  const before = await outbox.nonce(chain.url);
  const given = answerOnce(method, answer);
  const asked = rangesAsked();
  const [first, second] = [await outbox.post(), await outbox.post()];
  const outcomes = [await outbox.settled(first.id), await outbox.settled(second.id)];
  expect(given()).toBe(true);
  expect(outcomes.map(({ status }) => status)).toEqual(['INCLUDED', 'INCLUDED']);
  expect(Math.max(0, ...asked)).toBeLessThanOrEqual(500);
  // One more where a transaction had too little gas, and none for what nobody else signed.
  expect((await outbox.nonce(chain.url)) - before).toBeLessThanOrEqual(3);
});

it('does not send twice what is included, though an endpoint gives no receipt of it', async () => {
  await outbox.settled((await outbox.post()).id);
  const { rows } = await query(
    `SELECT object FROM chain_events WHERE name = 'OrderPosted' ORDER BY block DESC LIMIT 1`,
  );
  const order = toHex(rows[0]!['object'] as Buffer);
  await acceptAsSupplier(order);
  const before = await outbox.nonce(chain.url);
  endpoint.tamper(({ method }, result) => (method === 'eth_getTransactionReceipt' ? null : result));
  // A second one with the same words the chain would take as well.
  const args: [Hex, number, Hex, Hex] = [order, 6, random32(), `0x${'00'.repeat(32)}`];
  const { id } = await outbox.submit({ contract: 'OrderRegistry', fn: 'record', args }, order);
  expect(await outbox.settled(id)).toMatchObject({ status: 'INCLUDED' });
  expect((await query(`SELECT 1 FROM chain_events WHERE name = 'MilestoneRecorded'`)).rowCount).toBe(1);
  expect(await outbox.nonce(chain.url)).toBe(before + 1);
});

it('does not take for included what an endpoint puts into a block that has nothing of it', async () => {
  const before = await outbox.nonce(chain.url);
  const { number, hash } = await rpc<{ number: Hex; hash: Hex }>(chain.url, 'eth_getBlockByNumber', ['latest', false]);
  endpoint.swallow('eth_sendRawTransaction');
  let tx: string | undefined;
  endpoint.tamper(({ method, params: [asked] }, result) => {
    if (method === 'eth_sendRawTransaction') tx = keccak256(asked as Hex);
    if (tx === undefined) return result;
    if (method === 'eth_getTransactionCount') return `0x${(before + 1).toString(16)}`;
    if (method === 'eth_getTransactionReceipt' && asked === tx)
      return { transactionHash: tx, blockNumber: number, blockHash: hash, status: '0x1', gasUsed: '0x5208' };
    const block = result as { transactions: string[] };
    return method === 'eth_getBlockByNumber' && asked === number
      ? { ...block, transactions: [...block.transactions, tx] }
      : result;
  });
  const { id } = await outbox.post();
  const told = () => endpoint.calls.filter((method) => method === 'eth_getTransactionReceipt').length;
  while (told() < 4 && (await now(id)).status !== 'INCLUDED') {
    await outbox.app().get(LaneWatch).handle();
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  expect(await now(id)).toMatchObject({ status: 'SENT', transaction: tx });
  endpoint.tamper((_, result) => result);
  endpoint.swallow(null);
  expect(await outbox.settled(id)).toMatchObject({ status: 'INCLUDED', transaction: tx });
  expect(await outbox.nonce(chain.url)).toBe(before + 1);
});

it('sends again what a pool dropped though the clock was put back', async () => {
  endpoint.swallow('eth_sendRawTransaction');
  const { id } = await outbox.post();
  // Once it is noted as sent, which it is after it was numbered: from then on nobody sets the time until it is sent again.
  const putBack = `UPDATE submissions SET sent_at = now() + interval '2 hours' WHERE status = 'SENT' AND sent_at > updated_at`;
  while ((await query(putBack)).rowCount === 0) await new Promise((resolve) => setTimeout(resolve, 50));
  endpoint.swallow(null);
  expect(await outbox.settled(id)).toMatchObject({ status: 'INCLUDED' });
});

const now = (id: string): Promise<Submission> => outbox.app().get(Submissions).get(id);

async function acceptAsSupplier(order: Hex): Promise<void> {
  const { operator } = new Keyring(consortium.members[1]!.keys);
  const call = new Contracts(consortium.deployment).encode('OrderRegistry', 'accept', [order]);
  const { chainId } = consortium.deployment;
  const { raw, hash } = await operator.signTransaction({ ...call, chainId, nonce: 0, gasLimit: 500_000 });
  await rpc(chain.url, 'eth_sendRawTransaction', [raw]);
  // What rests on it is refused before it is in a block.
  while (!(await rpc(chain.url, 'eth_getTransactionReceipt', [hash])))
    await new Promise((resolve) => setTimeout(resolve, 20));
}

async function query(sql: string): Promise<pg.QueryResult<Record<string, unknown>>> {
  const client = new pg.Client({ connectionString: outbox.databaseUrl });
  await client.connect();
  try {
    return await client.query<Record<string, unknown>>(sql);
  } finally {
    await client.end();
  }
}
