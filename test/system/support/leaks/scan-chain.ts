import { gunzipSync } from 'node:zlib';
import { rpc } from '../../../../scripts/embedded/rpc.js';
import type { Trace } from './secrets.js';

interface Transaction {
  readonly hash: string;
  readonly from: string;
  readonly to: string | null;
  readonly input: string;
}

interface Log {
  readonly address: string;
  readonly topics: readonly string[];
  readonly data: string;
}

/** Storage of all accounts, `account slot` -> value. */
export type Storage = ReadonlyMap<string, string>;

/** Bytes that everybody on the chain can read, and where they stand. */
export interface PublicBytes {
  readonly where: string;
  readonly hex: string;
}

/** All storage of the chain now. */
export async function storageOf(rpcUrl: string): Promise<Storage> {
  const dump = gunzipSync(Buffer.from((await rpc<string>(rpcUrl, 'anvil_dumpState')).slice(2), 'hex'));
  const { accounts } = JSON.parse(dump.toString('utf8')) as {
    accounts: Record<string, { storage: Record<string, string> }>;
  };
  const slots = new Map<string, string>();
  for (const [account, { storage }] of Object.entries(accounts))
    for (const [slot, value] of Object.entries(storage)) slots.set(`${account} ${slot}`, value);
  return slots;
}

/** Everything that became public after block `from`: transactions, logs, and slots that are not as in `before`. */
export async function publishedSince(rpcUrl: string, from: number, before: Storage): Promise<PublicBytes[]> {
  const found: PublicBytes[] = [];
  const last = Number(await rpc<string>(rpcUrl, 'eth_blockNumber'));
  for (let number = from + 1; number <= last; number++) {
    const at = `0x${number.toString(16)}`;
    const block = await rpc<{ transactions: Transaction[] }>(rpcUrl, 'eth_getBlockByNumber', [at, true]);
    for (const { hash, from: sender, to, input } of block.transactions) {
      found.push({ where: `sender of ${hash}`, hex: sender.slice(2) });
      if (to) found.push({ where: `receiver of ${hash}`, hex: to.slice(2) });
      // Without the selector, so that words are where the ABI puts them.
      found.push(
        { where: `calldata of ${hash}`, hex: input.slice(10) },
        { where: `data of ${hash}`, hex: input.slice(2) },
      );
      const { logs } = await rpc<{ logs: Log[] }>(rpcUrl, 'eth_getTransactionReceipt', [hash]);
      for (const { topics, data } of logs) {
        found.push({ where: `topics of a log of ${hash}`, hex: topics.map((topic) => topic.slice(2)).join('') });
        found.push({ where: `data of a log of ${hash}`, hex: data.slice(2) });
      }
    }
  }
  for (const [slot, value] of await storageOf(rpcUrl))
    if (before.get(slot) !== value) found.push({ where: `storage ${slot}`, hex: value.slice(2).padStart(64, '0') });
  return found.map(({ where, hex }) => ({ where, hex: hex.toLowerCase() }));
}

/** Which of the traces stand where, one line a finding. */
export function findTraces(published: readonly PublicBytes[], traces: readonly Trace[]): string[] {
  const findings: string[] = [];
  for (const { where, hex } of published)
    for (const trace of traces) if (holds(hex, trace)) findings.push(`${trace.what}: ${where}`);
  return findings;
}

function holds(hex: string, { hex: wanted, word }: Trace): boolean {
  for (let at = hex.indexOf(wanted); at >= 0; at = hex.indexOf(wanted, at + 1))
    if (at % (word ? 64 : 2) === 0) return true;
  return false;
}
