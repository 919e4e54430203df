import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type INestApplicationContext, Module } from '@nestjs/common';
import { rpc } from '../../../../scripts/embedded/rpc.js';
import { testConfig } from '../../../../test/support/config.js';
import type { TestConsortium } from '../../../../test/support/deployment.js';
import { testDatabase } from '../../../../test/support/postgres.js';
import { ChainModule, Keyring } from '../../chain/index.js';
import type { ContractCall } from '../../chain/contract-call.js';
import type { Settings } from '../../config/index.js';
import { createApp } from '../../create-app.js';
import { UnitOfWork } from '../../database/index.js';
import { EventsModule } from '../../events/index.js';
import { IndexerModule, ProjectionRegistry } from '../../indexer/index.js';
import { EVENT_NAMES } from '../../kernel/contract-events.generated.js';
import { type Hex, toHex } from '../../kernel/hex.js';
import type { Outcome } from '../settlement-watch.js';
import { Submissions } from '../submissions.js';
import { SubmissionsModule } from '../submissions.module.js';

export const random32 = (): Hex => toHex(randomBytes(32));
const EXPIRY = 4_000_000_000;

/** The outbox needs the index's head, not what rooms make of events. */
@Module({})
class NoRooms {
  constructor(registry: ProjectionRegistry) {
    registry.ignore(Object.fromEntries(EVENT_NAMES.map((name) => [name, 'no rooms in this test'])));
  }
}

/** The core enterprise's outbox over a database of its own; the node can be stopped and started again. */
export interface OutboxFixture {
  readonly databaseUrl: string;
  app(): INestApplicationContext;
  /** Starts the node anew, after `stop`, perhaps with other endpoints, or on a database that its own was restored into. */
  start(rpcUrls: readonly string[], databaseUrl?: string): Promise<void>;
  stop(): Promise<void>;
  /** Submits an order to a supplier (member 2), in a unit of work. */
  post(supplier?: number, commitment?: Hex): Promise<{ id: string }>;
  /** Submits a call about an order, in a unit of work. */
  submit(call: ContractCall, order: Hex): Promise<{ id: string }>;
  /** The submission's outcome, or as it is after two minutes. */
  settled(id: string): Promise<Outcome>;
  /** Transactions of the operator that the chain counts. */
  nonce(rpcUrl: string): Promise<number>;
  close(): Promise<void>;
}

/** `settings`: of a signer in which the operator's key is, if it is in one. */
export async function outboxFixture(
  consortium: TestConsortium,
  rpcUrls: readonly string[],
  settings: Partial<Pick<Settings, 'signerUrl' | 'signerPublicKey'>> = {},
): Promise<OutboxFixture> {
  const database = await testDatabase();
  const dir = mkdtempSync(join(tmpdir(), 'tradeproof-outbox-'));
  const [deployment, keysFile] = [join(dir, 'deployment.json'), join(dir, 'keys.json')];
  writeFileSync(deployment, JSON.stringify(consortium.deployment));
  const { operator: inFile, ...others } = consortium.members[0]!.keys;
  const keys = settings.signerUrl ? others : { ...others, operator: inFile };
  writeFileSync(keysFile, JSON.stringify(keys), { mode: 0o600 });
  let app: INestApplicationContext | null = null;
  const running = () => app!;
  const operator = () => running().get(Keyring).operator.address;

  async function start(urls: readonly string[], databaseUrl = database.url): Promise<void> {
    const files = { deployment, keysFile, embedded: true };
    const config = testConfig({ databaseUrl, rpcUrls: [...urls], member: 'core', ...files, ...settings });
    const node = await createApp(config, {
      rooms: [ChainModule, IndexerModule, EventsModule, SubmissionsModule, NoRooms],
    });
    await node.init();
    app = node;
  }
  async function stop(): Promise<void> {
    await app?.close();
    app = null;
  }

  const submit = (call: ContractCall, order: Hex): Promise<{ id: string }> =>
    running()
      .get(UnitOfWork)
      .run(() =>
        running()
          .get(Submissions)
          .submit({ act: `${call.fn}Order`, call, account: operator(), subject: { type: 'order', id: order } }),
      );

  await start(rpcUrls);
  return {
    databaseUrl: database.url,
    app: running,
    start,
    stop,
    post: (supplier = 2, commitment = random32()) =>
      submit({ contract: 'OrderRegistry', fn: 'post', args: [supplier, commitment, random32(), EXPIRY] }, commitment),
    submit,
    settled: (id) => running().get(Submissions).waitFor(id, 120_000),
    nonce: async (url) => Number(await rpc<string>(url, 'eth_getTransactionCount', [operator(), 'latest'])),
    async close() {
      await stop();
      await database.drop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
