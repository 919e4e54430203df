import { randomBytes } from 'node:crypto';
import { type INestApplicationContext, Module } from '@nestjs/common';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Anvil } from '../../../scripts/embedded/anvil.js';
import { rpc } from '../../../scripts/embedded/rpc.js';
import { startAnvil } from '../../../test/support/anvil.js';
import { testConfig } from '../../../test/support/config.js';
import { deployTo, type TestConsortium } from '../../../test/support/deployment.js';
import { testDatabase, type TestDatabase } from '../../../test/support/postgres.js';
import { ChainModule } from '../chain/chain.module.js';
import { Keyring } from '../chain/index.js';
import { createApp } from '../create-app.js';
import { UnitOfWork } from '../database/index.js';
import { IndexerModule } from '../indexer/indexer.module.js';
import { ProjectionRegistry } from '../indexer/index.js';
import { EVENT_NAMES } from '../kernel/contract-events.generated.js';
import type { Hex } from '../kernel/hex.js';
import type { Submission } from './submission.js';
import { Submissions } from './submissions.js';
import { SubmissionsModule } from './submissions.module.js';

const random32 = (): Hex => `0x${randomBytes(32).toString('hex')}`;
const EXPIRY = 4_000_000_000;

/** The outbox needs the index's head, not what rooms make of events. */
@Module({})
class NoRooms {
  constructor(registry: ProjectionRegistry) {
    registry.ignore(Object.fromEntries(EVENT_NAMES.map((name) => [name, 'no rooms in this test'])));
  }
}

describe('submissions on a real chain and database', () => {
  let chain: Anvil;
  let consortium: TestConsortium;
  let database: TestDatabase;
  let app: INestApplicationContext;

  const start = async (): Promise<INestApplicationContext> => {
    const dir = mkdtempSync(join(tmpdir(), 'tradeproof-submissions-'));
    writeFileSync(join(dir, 'deployment.json'), JSON.stringify(consortium.deployment));
    writeFileSync(join(dir, 'keys.json'), JSON.stringify(consortium.members[0]!.keys), { mode: 0o600 });
    const config = testConfig({
      databaseUrl: database.url,
      rpcUrls: [chain.url],
      member: 'core',
      deployment: join(dir, 'deployment.json'),
      keysFile: join(dir, 'keys.json'),
    });
    const node = await createApp(config, { rooms: [ChainModule, IndexerModule, SubmissionsModule, NoRooms] });
    await node.init();
    return node;
  };

  beforeAll(async () => {
    chain = await startAnvil();
    consortium = await deployTo(chain.url);
  });
  afterAll(() => chain.stop());
  beforeEach(async () => {
    database = await testDatabase();
    app = await start();
  });
  afterEach(async () => {
    await app.close();
    await database.drop();
  });

  const post = (supplier = 2, commitment = random32()) =>
    app.get(UnitOfWork).run(() =>
      app.get(Submissions).submit({
        act: 'postOrder',
        call: { contract: 'OrderRegistry', fn: 'post', args: [supplier, commitment, random32(), EXPIRY] },
        account: app.get(Keyring).operator.address,
        subject: { type: 'order', id: commitment },
      }),
    );
  const settled = (id: string): Promise<Submission> => app.get(Submissions).waitFor(id, 20_000);

  it('is included and indexed', async () => {
    const { id } = await post();
    const outcome = await settled(id);
    expect(outcome).toMatchObject({ status: 'INCLUDED', act: 'postOrder', problem: null, settled: true });
  });

  it('refuses what the chain would revert, with its values, and spends no nonce', async () => {
    const before = await nonce();
    const { id } = await post(4); // a bank is no supplier
    expect(await settled(id)).toMatchObject({
      status: 'REFUSED',
      problem: { code: 'MEMBER_MISSING_ROLE', facts: { member: 4 } },
    });
    expect(await nonce()).toBe(before);
  });

  it('writes nothing when the unit of work rolls back', async () => {
    const before = await nonce();
    const failed = app.get(UnitOfWork).run(async () => {
      await app.get(Submissions).submit({
        act: 'postOrder',
        call: { contract: 'OrderRegistry', fn: 'post', args: [2, random32(), random32(), EXPIRY] },
        account: app.get(Keyring).operator.address,
        subject: { type: 'order', id: random32() },
      });
      throw new Error('changed my mind');
    });
    await expect(failed).rejects.toThrow('changed my mind');
    const { id } = await post();
    await settled(id);
    expect(await nonce()).toBe(before + 1);
  });

  it('pipelines many without a gap, each once', async () => {
    const before = await nonce();
    const ids = await Promise.all(Array.from({ length: 300 }, () => post().then(({ id }) => id)));
    const outcomes = await Promise.all(ids.map(settled));
    expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(['INCLUDED']));
    expect(new Set(outcomes.map(({ transaction }) => transaction)).size).toBe(300);
    expect(await nonce()).toBe(before + 300);
  });

  it('sends again what a reorg took back', async () => {
    const { id } = await post();
    const first = await settled(id);
    await rpc(chain.url, 'anvil_rollback', [1]);
    await rpc(chain.url, 'anvil_mine', ['0x3']);
    for (let tries = 0; tries < 100; tries++) {
      const receipt = await rpc<object | null>(chain.url, 'eth_getTransactionReceipt', [first.transaction]);
      const now = await app.get(Submissions).get(id);
      if (receipt && now.status === 'INCLUDED' && now.block! > first.block!) return;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    throw new Error('it was not included again');
  });

  it('goes on after a restart', async () => {
    const { id } = await app.get(UnitOfWork).run(async () => post());
    await app.close();
    app = await start();
    expect(await settled(id)).toMatchObject({ status: 'INCLUDED' });
  });

  async function nonce(): Promise<number> {
    const { address } = app.get(Keyring).operator;
    return Number(await rpc<string>(chain.url, 'eth_getTransactionCount', [address, 'latest']));
  }
});
