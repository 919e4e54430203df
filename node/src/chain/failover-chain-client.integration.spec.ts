import { randomBytes } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { type Anvil } from '../../../scripts/embedded/anvil.js';
import { rpc } from '../../../scripts/embedded/rpc.js';
import { startAnvil } from '../../../test/support/anvil.js';
import { deployTo, type TestConsortium } from '../../../test/support/deployment.js';
import { headerHash, type RpcHeader } from '../kernel/block-header.js';
import { type Hex, toBytes, toHex } from '../kernel/hex.js';
import { Problem } from '../kernel/problem.js';
import type { ChainClient } from './chain-client.js';
import { Contracts } from './contracts.js';
import { Keyring } from './keyring.js';
import type { Log } from './log.js';
import { openChain } from './open-chain.js';
import { RegistryDomains } from './registry-domains.js';
import { RpcError } from './rpc-error.js';
import { type RpcProxy, startRpcProxy } from './testing/rpc-proxy.js';

let anvil: Anvil;
let consortium: TestConsortium;
let contracts: Contracts;
let domains: RegistryDomains;
let supplier: Keyring;
const proxies: RpcProxy[] = [];

beforeAll(async () => {
  anvil = await startAnvil();
  consortium = await deployTo(anvil.url);
  contracts = new Contracts(consortium.deployment);
  domains = new RegistryDomains(consortium.deployment.domains);
  supplier = new Keyring(consortium.members.find(({ name }) => name === 'core')!.keys);
});
afterEach(() => Promise.all(proxies.splice(0).map((proxy) => proxy.close())));
afterAll(() => anvil.stop());

async function proxy(): Promise<RpcProxy> {
  const started = await startRpcProxy(anvil.url);
  proxies.push(started);
  return started;
}

function client(...urls: string[]): ChainClient {
  return clientWith(300, urls);
}

function clientWith(patienceMs: number, urls: readonly string[]): ChainClient {
  return openChain({ urls, chainId: anvil.chainId, contracts, domains }, { timeoutMs: 30_000, patienceMs });
}

/** Grants need no role: the shortest way to logs. */
function signedGrant() {
  const call = contracts.encode('AccessGrants', 'grant', [toHex(randomBytes(32)), toHex(randomBytes(32))]);
  const account = supplier.oneTime(toHex(randomBytes(32)));
  return account.signTransaction({ ...call, chainId: anvil.chainId, nonce: 0, gasLimit: 500_000 });
}

const send = ({ raw }: { raw: Hex }) => rpc(anvil.url, 'eth_sendRawTransaction', [raw]);

async function grant(): Promise<{ tx: `0x${string}`; block: number }> {
  const signed = signedGrant();
  await send(signed);
  for (;;) {
    const receipt = await rpc<{ blockNumber: string } | null>(anvil.url, 'eth_getTransactionReceipt', [signed.hash]);
    if (receipt) return { tx: signed.hash, block: Number(receipt.blockNumber) };
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => error,
  );

type Lie = Parameters<RpcProxy['tamper']>[0];
const inLogs =
  (change: (logs: Log[]) => Log[]): Lie =>
  ({ method }, result) =>
    method === 'eth_getLogs' ? change(result as Log[]) : result;
const flipped = (log: Log): Log => ({
  ...log,
  data: log.data.replace(/.$/, (digit) => (digit === '0' ? '1' : '0')) as Hex,
});
/** After the last log of a block, where that is `wanted`, the same once more about something else. */
const withOneMore = (logs: readonly Log[], wanted: (log: Log) => boolean): Log[] =>
  logs.flatMap((log, at) => {
    if (log.blockHash === logs[at + 1]?.blockHash || !wanted(log)) return [log];
    const topics = [log.topics[0]!, toHex(randomBytes(32)), ...log.topics.slice(2)];
    return [log, { ...log, topics, logIndex: `0x${(Number(log.logIndex) + 1).toString(16)}` }];
  });

beforeAll(() => Logger.overrideLogger(false));

describe('FailoverChainClient', () => {
  it('reads blocks whose hashes it recomputed, and proven logs', async () => {
    const { block, tx } = await grant();
    const range = await client(anvil.url).range(block - 2, block);
    expect(range.blocks.map(({ number }) => number)).toEqual([block - 2, block - 1, block]);
    const logs = range.logs.filter((log) => log.transactionHash === tx);
    expect(logs.map(({ address }) => address)).toEqual([contracts.address('AccessGrants')]);
  });

  it('gives the same logs for a long range as for its short parts', async () => {
    for (let i = 0; i < 6; i++) await grant();
    const chain = client(anvil.url);
    const { number } = await chain.head();
    const { startBlock } = consortium.deployment;
    const whole = await chain.rangeInBulk(startBlock, number);
    expect(whole).toEqual(await chain.range(startBlock, number));
    const parts: Log[] = [];
    for (let at = startBlock; at <= number; at++) parts.push(...(await chain.range(at, at)).logs);
    const place = ({ blockHash, logIndex, data }: Log) => [blockHash, Number(logIndex), data];
    expect(whole.logs.map(place)).toEqual(parts.map(place));
    expect(whole.logs.length).toBeGreaterThan(6);
  });

  it('reads a block whose header it has by the receipts alone, and one without logs of ours by nothing', async () => {
    const { block } = await grant();
    const through = await proxy();
    const chain = client(through.url);
    const head = await chain.head();
    through.calls.length = 0;
    expect(await chain.rangeOf(head)).toEqual(await client(anvil.url).range(block, block));
    expect(through.calls).toEqual(['eth_getBlockReceipts']);
    await rpc(anvil.url, 'evm_mine', []);
    const empty = await chain.head();
    through.calls.length = 0;
    expect(await chain.rangeOf(empty)).toEqual({ blocks: [empty], logs: [] });
    expect(through.calls).toEqual([]);
  });

  it('reads a range by its headers and receipts, each in one round, and without asking for logs', async () => {
    const blocks: number[] = [];
    for (let i = 0; i < 8; i++) blocks.push((await grant()).block);
    const through = await proxy();
    through.tamper(({ method }, result) => {
      if (method === 'eth_getLogs') throw new Error('not asked for');
      return result;
    });
    const chain = client(through.url);
    await chain.head();
    through.calls.length = 0;
    const { logs } = await chain.range(blocks[0]!, blocks[7]!);
    expect(logs.map(({ blockNumber }) => Number(blockNumber))).toEqual(blocks);
    expect(through.calls).toEqual([
      ...blocks.map(() => 'eth_getBlockByNumber'),
      ...blocks.map(() => 'eth_getBlockReceipts'),
    ]);
  });

  it('gives no logs of a block that the chain has replaced meanwhile', async () => {
    await grant();
    const chain = client(anvil.url);
    const head = await chain.head();
    await rpc(anvil.url, 'anvil_rollback', [1]);
    await grant();
    expect(await refusal(chain.rangeOf(head))).toMatchObject({ code: 'CHAIN_UNAVAILABLE' });
    expect(chain.status()[0]).toMatchObject({ fault: 'BEHIND' });
  });

  it('moves on to the next endpoint and comes back', async () => {
    const first = await proxy();
    const chain = client(first.url, anvil.url);
    first.cut(true);
    expect((await chain.head()).number).toBeGreaterThan(0);
    expect(chain.status()[0]!.fault).toBe('UNREACHABLE');
    first.cut(false);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await chain.head();
    expect(chain.status()[0]!.fault).toBeNull();
    expect(first.calls).toContain('eth_getBlockByNumber');
  });

  it('knows of endpoints that nobody asks how they do, for better and for worse', async () => {
    const { block } = await grant();
    const [first, fallback] = [await proxy(), await proxy()];
    const chain = client(first.url, fallback.url);
    chain.noteSeen(block);
    const faults = async () => {
      await chain.head();
      await chain.tryIdleEndpoints();
      return chain.status().map(({ fault }) => fault);
    };
    expect(await faults()).toEqual([null, null]);
    const asked = first.calls.length;
    await chain.tryIdleEndpoints();
    expect(first.calls.length).toBeGreaterThan(asked);

    fallback.cut(true);
    expect(await faults()).toEqual([null, 'UNREACHABLE']);
    fallback.cut(false);
    fallback.tamper(({ method }, result) => (method === 'eth_getBlockReceipts' ? [] : result));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await faults()).toEqual([null, 'NOT_BELIEVED']);

    const third = await proxy();
    const old = await rpc(anvil.url, 'eth_getBlockByNumber', [`0x${(block - 3).toString(16)}`, false]);
    third.tamper(({ method, params }, result) =>
      method === 'eth_getBlockByNumber' && params[0] === 'latest' ? old : result,
    );
    // It catches up after it was asked once, however long that takes.
    const another = clientWith(10_000, [first.url, third.url]);
    another.noteSeen(block);
    await another.head();
    const trying = another.tryIdleEndpoints();
    while (!third.calls.includes('eth_getBlockByNumber')) await new Promise((resolve) => setTimeout(resolve, 5));
    third.tamper((_call, result) => result);
    await trying;
    expect(another.status()[1]).toMatchObject({ fault: null });
    third.tamper(({ method }, result) => (method === 'eth_chainId' ? '0x1' : result));
    await another.head();
    await another.tryIdleEndpoints();
    expect(another.status()[1]).toMatchObject({ fault: 'WRONG_CHAIN' });
  });

  it('says CHAIN_UNAVAILABLE with what is wrong with each endpoint when none is left', async () => {
    const first = await proxy();
    first.cut(true);
    const error = (await refusal(client(first.url).head())) as Problem;
    expect(error).toBeInstanceOf(Problem);
    expect(error).toMatchObject({ code: 'CHAIN_UNAVAILABLE', status: 503 });
    expect(Object.keys(error.facts['endpoints'] as object)).toEqual([first.url]);
  });

  it('refuses an endpoint with another chain id, and one where the registries are not', async () => {
    const other = await proxy();
    other.tamper(({ method }, result) => (method === 'eth_chainId' ? '0x1' : result));
    const chain = client(other.url, anvil.url);
    await chain.head();
    expect(chain.status()[0]).toMatchObject({ fault: 'WRONG_CHAIN', reason: 'has chain id 1, not 31337' });
    expect(other.calls).not.toContain('eth_getBlockByNumber');
    const empty = await startAnvil();
    try {
      const error = (await refusal(client(empty.url).head())) as Problem;
      expect(JSON.stringify(error.facts)).toContain("does not have this deployment's registries");
    } finally {
      await empty.stop();
    }
  });

  it('does not take a lagging endpoint for a shorter chain', async () => {
    const { block } = await grant();
    const lagging = await proxy();
    const chain = client(lagging.url, anvil.url);
    chain.noteSeen(block);
    const old = await rpc(anvil.url, 'eth_getBlockByNumber', [`0x${(block - 3).toString(16)}`, false]);
    lagging.tamper(({ method, params }, result) =>
      method === 'eth_getBlockByNumber' && params[0] === 'latest' ? old : result,
    );
    for (let i = 0; i < 20; i++) {
      expect((await chain.head()).number).toBe(block);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  });

  it('does not take one either while the endpoint that knew better does not answer', async () => {
    const { block } = await grant();
    const [knowing, lagging] = [await proxy(), await proxy()];
    const chain = client(knowing.url, lagging.url);
    chain.noteSeen(block);
    const old = await rpc(anvil.url, 'eth_getBlockByNumber', [`0x${(block - 3).toString(16)}`, false]);
    lagging.tamper(({ method, params }, result) =>
      method === 'eth_getBlockByNumber' && params[0] === 'latest' ? old : result,
    );
    knowing.cut(true);
    for (let i = 0; i < 20; i++) {
      expect(await refusal(chain.head())).toMatchObject({ code: 'CHAIN_UNAVAILABLE' });
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    knowing.cut(false);
    let head = null;
    for (const end = Date.now() + 60_000; !head && Date.now() < end; await new Promise((r) => setTimeout(r, 50))) {
      head = await chain.head().catch(() => null);
    }
    expect(head?.number).toBe(block);
  });

  it('does not measure the others by a head that one endpoint made up', async () => {
    const { block } = await grant();
    const [honest, liar] = [await proxy(), await proxy()];
    liar.tamper(({ method }, result) => (method === 'eth_getBlockByNumber' ? madeUp(result as RpcHeader) : result));
    const chain = client(honest.url, liar.url);
    honest.cut(true);
    expect((await chain.head()).number).toBe(1_000_000_000);
    honest.cut(false);
    liar.cut(true);
    await eventually(async () => expect((await chain.head()).number).toBe(block));
  });

  it('believes that the chain lost blocks once all endpoints have said so for a while', async () => {
    const { block } = await grant();
    const chain = client(anvil.url);
    chain.noteSeen(block);
    await rpc(anvil.url, 'anvil_rollback', [2]);
    expect(await refusal(chain.head())).toMatchObject({ code: 'CHAIN_UNAVAILABLE' });
    const deadline = Date.now() + 60_000;
    let head = null;
    while (!head && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      head = await chain.head().catch(() => null);
    }
    expect(head?.number).toBe(block - 2);
  });

  describe('does not believe an endpoint that', () => {
    const ofMembers = ({ address }: Log) => address === contracts.address('MemberRegistry');
    const lies: [string, Lie][] = [
      [
        'changes a header',
        ({ method }, result) =>
          method === 'eth_getBlockByNumber' ? { ...(result as object), timestamp: '0x12345678' } : result,
      ],
      ['keeps logs back', ({ method }, result) => (method === 'eth_getLogs' ? [] : result)],
      [
        'keeps back one log in the middle',
        ({ method }, result) =>
          method === 'eth_getLogs' ? (result as Log[]).filter(({ logIndex }) => logIndex !== '0x1') : result,
      ],
      [
        'makes up a log',
        ({ method }, result) =>
          method === 'eth_getLogs'
            ? (result as Log[]).flatMap((log) => [log, { ...log, topics: [toHex(randomBytes(32))] }])
            : result,
      ],
      [
        'moves a log to another block',
        ({ method }, result) =>
          method === 'eth_getLogs'
            ? (result as Log[]).map((log) => ({ ...log, blockHash: toHex(randomBytes(32)) }))
            : result,
      ],
      ['changes what a member registered', inLogs((logs) => logs.map((log) => (ofMembers(log) ? flipped(log) : log)))],
      ['adds what no member registered', inLogs((logs) => withOneMore(logs, ofMembers))],
    ];
    it.each(lies)('%s, in a backlog', async (_name, lie) => {
      for (let i = 0; i < 6; i++) await grant();
      const liar = await proxy();
      liar.tamper(lie);
      const honest = client(anvil.url);
      const { number } = await honest.head();
      const range = [consortium.deployment.startBlock, number] as const;
      const error = (await refusal(client(liar.url).rangeInBulk(...range))) as Problem;
      expect(error).toMatchObject({ code: 'CHAIN_UNAVAILABLE' });
      const chain = client(liar.url, anvil.url);
      expect(await chain.rangeInBulk(...range)).toEqual(await honest.range(...range));
      expect(chain.status()[0]!.fault).toBe('NOT_BELIEVED');
    });

    it.each<[string, Lie]>([
      ['changes a byte', inLogs((logs) => logs.map(flipped))],
      ['adds a log at the end of its block', inLogs((logs) => withOneMore(logs, () => true))],
    ])('%s in the logs of a backlog again and again', async (_name, lie) => {
      const blocks: number[] = [];
      for (let i = 0; i < 8; i++) blocks.push((await grant()).block);
      const liar = await proxy();
      liar.tamper(lie);
      const chain = client(liar.url);
      // One block of a hundred is proven: that none is within so many has a chance of one in 10^35.
      for (let i = 0; i < 1_000; i++) if (await refusal(chain.rangeInBulk(blocks[0]!, blocks[7]!))) break;
      expect(chain.status()[0]).toMatchObject({ fault: 'NOT_BELIEVED' });
    });

    it('keeps back from a backlog what a member registered, at the end of a block that holds something else', async () => {
      await rpc(anvil.url, 'evm_setAutomine', [false]);
      await send(signedGrant());
      const admin = supplier.admin!;
      const nonce = Number(await rpc(anvil.url, 'eth_getTransactionCount', [admin.address, 'latest']));
      const call = contracts.encodeCall('MemberRegistry', 'setEndpoint', ['https://other.example']);
      await send(admin.signTransaction({ ...call, chainId: anvil.chainId, nonce, gasLimit: 500_000 }));
      await rpc(anvil.url, 'evm_mine', []);
      await rpc(anvil.url, 'evm_setAutomine', [true]);
      const { number } = await client(anvil.url).head();
      const { logs } = await client(anvil.url).range(number, number);
      expect(logs.map(ofMembers)).toEqual([false, true]);
      const liar = await proxy();
      liar.tamper(inLogs((given) => given.filter((log) => !ofMembers(log))));
      const chain = client(liar.url);
      await refusal(chain.rangeInBulk(number, number));
      expect(chain.status()[0]).toMatchObject({
        fault: 'NOT_BELIEVED',
        reason: expect.stringContaining('1 of 2 logs'),
      });
    });

    it('drops the last log of a block near the head, receipts included', async () => {
      const { block } = await grant();
      const liar = await proxy();
      liar.tamper(({ method }, result) =>
        method === 'eth_getBlockReceipts' ? (result as { logs: Log[] }[]).map((r) => ({ ...r, logs: [] })) : result,
      );
      const chain = client(liar.url);
      await refusal(chain.range(block, block));
      expect(chain.status()[0]).toMatchObject({ fault: 'NOT_BELIEVED' });
    });

    // Each hashes to the same if it is read as loosely as JavaScript does, and would be taken for something else afterwards.
    it.each<[string, (receipt: { status: Hex; logs: Log[] }) => object]>([
      ['a bloom of no hex', () => ({ logsBloom: '0xno' })],
      ['a status by another prefix', ({ status }) => ({ status: status.replace('0x', 'zz') })],
      [
        'an account by another prefix',
        ({ logs }) => ({ logs: logs.map((l) => ({ ...l, address: `zz${l.address.slice(2)}` })) }),
      ],
      ['an account in capitals', ({ logs }) => ({ logs: logs.map((l) => ({ ...l, address: upper(l.address) })) })],
      ['an account as numbers', ({ logs }) => ({ logs: logs.map((l) => ({ ...l, address: listed(l.address) })) })],
      ['topics in capitals', ({ logs }) => ({ logs: logs.map((l) => ({ ...l, topics: l.topics.map(upper) })) })],
      ['a log of no transaction', ({ logs }) => ({ logs: logs.map((l) => ({ ...l, transactionHash: null })) })],
    ])('says in its receipts %s', async (_, change) => {
      const { block } = await grant();
      const liar = await proxy();
      liar.tamper(({ method }, result) =>
        method === 'eth_getBlockReceipts'
          ? (result as never[]).map((r: never) => ({ ...(r as object), ...change(r) }))
          : result,
      );
      const chain = client(liar.url, anvil.url);
      expect((await chain.range(block, block)).logs).toHaveLength(1);
      expect(chain.status()[0]!.fault).toBe('MALFORMED');
    });

    it.each<[string, (header: Record<string, Hex>) => object]>([
      ['a bloom as numbers', ({ logsBloom }) => ({ logsBloom: listed(logsBloom!) })],
      ['a hash in capitals', ({ parentHash }) => ({ parentHash: upper(parentHash!) })],
      ['a time by another prefix', ({ timestamp }) => ({ timestamp: timestamp!.replace('0x', 'zz') })],
      ['no base fee in a form of its own', () => ({ baseFeePerGas: '0x' })],
      ['what has a length', () => ({ parentHash: { length: 1_000_000_000 } })],
    ])('says in its header %s', async (_, change) => {
      const liar = await proxy();
      liar.tamper(({ method }, result) =>
        method === 'eth_getBlockByNumber'
          ? { ...(result as object), ...change(result as Record<string, Hex>) }
          : result,
      );
      const chain = client(liar.url, anvil.url);
      expect(await chain.head()).toEqual(await client(anvil.url).head());
      expect(chain.status()[0]!.fault).toBe('MALFORMED');
    });

    it('names a block for a receipt that does not hold it, or tells of a failure that was none', async () => {
      const { tx } = await grant();
      const liar = await proxy();
      const { address } = supplier.operator;
      const chain = client(liar.url);
      const told = await chain.standing(address, [tx]);
      expect(told.receipts[0]).toMatchObject({ tx, succeeded: true });
      liar.tamper(({ method }, result) =>
        method === 'eth_getTransactionReceipt' ? { ...(result as object), status: '0x0' } : result,
      );
      await refusal(chain.standing(address, [tx]));
      expect(chain.status()[0]).toMatchObject({
        fault: 'NOT_BELIEVED',
        reason: expect.stringContaining('not among its receipts'),
      });

      const stranger = toHex(randomBytes(32));
      liar.tamper(({ method }, result) => {
        if (method !== 'eth_getTransactionReceipt') return result;
        return { blockNumber: '0x1', status: '0x1', gasUsed: '0x1', transactionHash: stranger, blockHash: firstHash };
      });
      const firstHash = (await client(anvil.url).block(1))!.hash;
      const second = client(liar.url);
      await refusal(second.standing(address, [stranger]));
      expect(second.status()[0]).toMatchObject({
        fault: 'NOT_BELIEVED',
        reason: expect.stringContaining('does not hold'),
      });
    });
  });

  it('reads registries in plain values and tells reverts apart from failures', async () => {
    const chain = client(anvil.url);
    expect(await chain.read('MemberRegistry', 'memberCount', [])).toBe(consortium.members.length);
    expect(await chain.read('MemberRegistry', 'member', [1])).toMatchObject({ roles: expect.any(Number), status: 1 });
    const data = contracts.encode('AccessGrants', 'revoke', [toHex(randomBytes(32))]);
    const [refused] = await chain.estimate([{ from: supplier.operator.address, ...data }]);
    expect(refused).toBeInstanceOf(RpcError);
    expect((refused as RpcError).reverted).toBe(true);
    const problem = contracts.problem((refused as RpcError).revertData!);
    expect(problem).toMatchObject({ code: 'GRANT_UNKNOWN', status: 404 });
    expect(Object.keys(problem!.facts)).toHaveLength(1);
  });
});

/** A header far ahead, whole in itself. */
function madeUp(header: RpcHeader): RpcHeader & { hash: Hex } {
  const ahead = { ...header, number: '0x3b9aca00' } as const;
  return { ...ahead, hash: headerHash(ahead) };
}

/** Retries for a minute. */
async function eventually(check: () => Promise<void>): Promise<void> {
  for (const end = Date.now() + 60_000; ; await new Promise((resolve) => setTimeout(resolve, 20))) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > end) throw error;
    }
  }
}

const upper = (hex: Hex): string => `0x${hex.slice(2).toUpperCase()}`;
/** What JSON can say of bytes, so that a loop over them finds them all. */
const listed = (hex: Hex): object => Object.assign({ length: (hex.length - 2) / 2 }, toBytes(hex));
