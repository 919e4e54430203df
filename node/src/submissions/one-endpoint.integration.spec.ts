import type { Anvil } from '../../../scripts/embedded/anvil.js';
import { startAnvil } from '../../../test/support/anvil.js';
import { deployTo, type TestConsortium } from '../../../test/support/deployment.js';
import { type RpcProxy, startRpcProxy } from '../chain/testing/rpc-proxy.js';
import { OutboxStore } from './outbox-store.js';
import { type OutboxFixture, outboxFixture } from './testing/outbox-fixture.js';

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
