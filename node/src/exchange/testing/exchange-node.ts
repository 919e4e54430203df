import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Global, Module } from '@nestjs/common';
import { makeMemberKeys, publicKeysOf } from '../../../../scripts/consortium/keys.js';
import { testApi, type TestApi } from '../../../../test/support/api.js';
import { lowPort } from '../../../../test/support/ports.js';
import { ChainModule } from '../../chain/index.js';
import type { MemberKeys, Settings } from '../../config/index.js';
import { UnitOfWork } from '../../database/index.js';
import { EventsModule } from '../../events/index.js';
import { IndexHead, ProjectionRegistry } from '../../indexer/index.js';
import { toBytes, type Hex } from '../../kernel/hex.js';
import { MembersModule } from '../../members/index.js';
import { SubmissionsModule } from '../../submissions/index.js';
import { ExchangeModule } from '../index.js';
import { DutyHandler, NoteHandler, Notes, SheafHandler } from './notes.js';
import { TestHead } from '../../../../test/support/test-head.js';

export const DOMAIN = `0x${'d0'.repeat(32)}` as Hex;
const NOWHERE = `0x${'00'.repeat(20)}`;

@Global()
@Module({
  providers: [{ provide: IndexHead, useClass: TestHead }, ProjectionRegistry],
  exports: [IndexHead, ProjectionRegistry],
})
class ChainStandIns {}

@Module({ providers: [NoteHandler, SheafHandler, DutyHandler, Notes] })
class NoteRoom {}

/** A member as each node's tables are to list it. */
export interface Registered {
  readonly number: number;
  readonly name: string;
  readonly keys: MemberKeys;
  endpoint: string | null;
  suspended?: boolean;
}

export const register = (number: number, name: string): Registered => ({
  number,
  name,
  keys: makeMemberKeys(),
  endpoint: null,
});

/** Id of a member's key of one kind in these tests' registry. */
export const keyId = (member: number, kind: number): Hex => `0x${`${member}${kind}`.padStart(64, '0')}`;

/** A key that a member added later. */
export interface FurtherKey {
  readonly id: Hex;
  readonly member: number;
  readonly kind: number;
  readonly publicKey: Hex;
}

/** A node with the exchange and a room that takes notes, over a real database, listening on loopback. */
export interface ExchangeNode extends TestApi {
  readonly url: string;
  readonly head: TestHead;
  query<Row = Record<string, unknown>>(sql: string, parameters?: unknown[]): Promise<Row[]>;
  /** Stops the process, and leaves the database for another. */
  halt(): Promise<void>;
  /** Writes the registry's tables anew, and lets a block pass. */
  know(members: readonly Registered[], revokedKeys?: readonly Hex[], further?: readonly FurtherKey[]): Promise<void>;
}

const running = new Set<ExchangeNode>();

/** Stops all nodes that were started. */
export async function stopNodes(): Promise<void> {
  await Promise.all([...running].map((node) => node.stop()));
}

export async function startNode(self: Registered, settings: Partial<Settings> = {}): Promise<ExchangeNode> {
  const dir = mkdtempSync(join(tmpdir(), 'tradeproof-exchange-'));
  const contract = { address: NOWHERE, implementation: NOWHERE, codeHash: DOMAIN };
  const names = ['MemberRegistry', 'OrderRegistry', 'ReceivableRegistry', 'AccessGrants', 'EvidenceAnchor'];
  const of = <T>(value: T) => Object.fromEntries(names.map((name) => [name, value]));
  const deployment = { chainId: 31337, startBlock: 0, contracts: of(contract), domains: of(DOMAIN) };
  writeFileSync(join(dir, 'deployment.json'), JSON.stringify(deployment));
  writeFileSync(join(dir, 'keys.json'), JSON.stringify(self.keys), { mode: 0o600 });
  const files = { deployment: join(dir, 'deployment.json'), keysFile: join(dir, 'keys.json') };
  const rooms = [ChainModule, ChainStandIns, EventsModule, SubmissionsModule, MembersModule, ExchangeModule, NoteRoom];
  const api = await testApi(rooms, { member: self.name, embedded: true, host: '127.0.0.1', ...files, ...settings });
  await api.app.listen(settings.port ?? (await lowPort()), '127.0.0.1');
  const head = api.app.get(IndexHead, { strict: false }) as TestHead;
  let halted = false;
  const query: ExchangeNode['query'] = (sql, parameters) => api.app.get(UnitOfWork).manager.query(sql, parameters);
  const node: ExchangeNode = {
    ...api,
    url: (await api.app.getUrl()).replace('[::1]', '127.0.0.1'),
    head,
    query,
    know: async (members, revokedKeys = [], further = []) => {
      await writeRegistry(query, members, revokedKeys, head.current().number);
      for (const { id, member, kind, publicKey } of further) {
        const values = [toBytes(id), member, kind, toBytes(publicKey)];
        await query('INSERT INTO chain_keys VALUES ($1, $2, $3, 1, $4, 1, NULL, NULL)', values);
      }
      head.advance();
    },
    halt: async () => {
      halted = true;
      await api.app.close();
    },
    stop: async () => {
      running.delete(node);
      if (!halted) await api.stop();
      rmSync(dir, { recursive: true });
    },
  };
  running.add(node);
  return node;
}

async function writeRegistry(
  query: ExchangeNode['query'],
  members: readonly Registered[],
  revokedKeys: readonly Hex[],
  block: number,
): Promise<void> {
  await query('TRUNCATE chain_members, chain_keys');
  for (const { number, name, keys, endpoint, suspended = false } of members) {
    await query('INSERT INTO chain_members VALUES ($1, $2, $3, 1, 0, $4, $5, 1, 1)', [
      number,
      name,
      toBytes(NOWHERE as Hex),
      suspended,
      endpoint,
    ]);
    for (const { kind, publicKey } of publicKeysOf(keys).keys) {
      const id = keyId(number, kind);
      await query('INSERT INTO chain_keys VALUES ($1, $2, $3, 0, $4, 1, $5, NULL)', [
        toBytes(id),
        number,
        kind,
        toBytes(publicKey as Hex),
        revokedKeys.includes(id) ? block : null,
      ]);
    }
  }
}

export async function until(condition: () => boolean | Promise<boolean>, ms = 240_000): Promise<void> {
  for (const end = Date.now() + ms; !(await condition()); await new Promise((resolve) => setTimeout(resolve, 20))) {
    if (Date.now() > end) throw new Error('it did not happen in time');
  }
}
