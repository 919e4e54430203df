import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Hex } from '../kernel/hex.js';
import type { RpcBlock } from './block.js';
import { readBlock } from './block.js';
import { provenLogs, provenStatuses } from './block-receipts.js';
import { RangeReader } from './range-reader.js';
import { RpcEndpoint } from './rpc-endpoint.js';
import { EndpointError, RpcError } from './rpc-error.js';

interface Recorded {
  readonly blocks: readonly { readonly block: RpcBlock; readonly receipts: readonly { logs: readonly unknown[] }[] }[];
  readonly errors: Readonly<Record<string, { readonly code: number; readonly message: string }>>;
}

/** What a Besu that seals by QBFT answered: the README says which. */
const besu = JSON.parse(readFileSync('node/src/chain/testing/besu-26.8.0.json', 'utf8')) as Recorded;
const answering = (result: unknown) => ({ batch: () => Promise.resolve([result]) }) as unknown as RpcEndpoint;

let server: Server;
let endpoint: RpcEndpoint;
/** The recorded error that is answered next. */
let next: string;

beforeAll(async () => {
  server = createServer((_, answer) => answer.end(JSON.stringify({ jsonrpc: '2.0', id: 0, error: besu.errors[next] })));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endpoint = new RpcEndpoint(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

async function refused(error: string, method = 'eth_estimateGas'): Promise<RpcError> {
  next = error;
  const refusal = await endpoint.request(method).catch((each: unknown) => each);
  if (!(refusal instanceof RpcError)) throw new Error(`not refused: ${String(refusal)}`);
  return refusal;
}

describe.each(besu.blocks.map(({ block, receipts }) => [Number(block.number), block, receipts] as const))(
  'its block %i',
  (number, raw, receipts) => {
    it('hashes to its hash, and to no other one', () => {
      expect(readBlock(raw)).toMatchObject({ number, hash: raw.hash, baseFee: 0n });
      expect(() => readBlock({ ...raw, gasUsed: '0x1' })).toThrow('does not hash');
    });

    it('proves its logs and what became of its transactions', async () => {
      const logs = receipts.flatMap((receipt) => receipt.logs);
      const block = readBlock(raw);
      expect(await provenLogs(answering(receipts), [block])).toEqual([
        logs.map((_, index) => expect.objectContaining({ blockHash: raw.hash, logIndex: `0x${index.toString(16)}` })),
      ]);
      expect(await provenStatuses(answering(receipts), block)).toEqual(receipts.map(() => true));
    });
  },
);

it('is not believed with a log less', async () => {
  const { block, receipts } = besu.blocks.find(({ receipts: [first] }) => first && first.logs.length > 1)!;
  const [{ logs }, ...others] = receipts as [{ logs: readonly unknown[] }, ...typeof receipts];
  const endpointWith = {
    request: () => Promise.resolve(block),
    batch: () => Promise.resolve([[{ ...receipts[0], logs: logs.slice(1) }, ...others]]),
  } as unknown as RpcEndpoint;
  await expect(provenLogs(endpointWith, [readBlock(block)])).rejects.toMatchObject({ fault: 'NOT_BELIEVED' });
});

it.each(['halted', 'halted by eth_call', 'reverted without data', 'reverted with data'])(
  'says of a call that %s that it fails: it is not tried for ever',
  async (error) => expect((await refused(error)).reverted).toBe(true),
);

it('gives what a call reverted with', async () => {
  expect((await refused('reverted with data')).revertData).toBe(`0x${'2a'.padStart(64, '0')}`);
  expect((await refused('reverted without data')).revertData).toBe('0x');
  expect((await refused('halted')).revertData).toBeUndefined();
});

it.each(['known', 'nonce too low'])('has taken a transaction that is %s', async (error) => {
  const refusal = await refused(error, 'eth_sendRawTransaction');
  expect([refusal.taken, refusal.reverted]).toEqual([true, false]);
});

it('lags, when it calls a range of logs invalid and has not its blocks', async () => {
  const refusal = await refused('logs beyond the head', 'eth_getLogs');
  const address: Hex = `0x${'11'.repeat(20)}`;
  const lagging = {
    request: () => Promise.reject(refusal),
    batch: (requests: readonly unknown[]) =>
      new Promise((resolve) => setImmediate(() => resolve(requests.map(() => null)))),
  } as unknown as RpcEndpoint;
  const read = new RangeReader([address], address).readInBulk(lagging, 1, 100);
  await expect(read).rejects.toBeInstanceOf(EndpointError);
  await expect(read).rejects.toMatchObject({ fault: 'BEHIND' });
});
