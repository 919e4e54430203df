import type { Anvil } from '../../../scripts/embedded/anvil.js';
import { startAnvil } from '../../../test/support/anvil.js';
import { deployTo } from '../../../test/support/deployment.js';
import { Keyring } from '../chain/index.js';
import { UnitOfWork } from '../database/index.js';
import type { Address } from '../kernel/ids.js';
import { Submissions } from './submissions.js';
import { type OutboxFixture, outboxFixture, random32 } from './testing/outbox-fixture.js';

let chain: Anvil;
let outbox: OutboxFixture;

beforeAll(async () => {
  chain = await startAnvil();
  outbox = await outboxFixture(await deployTo(chain.url), [chain.url]);
});
afterAll(async () => {
  await outbox.close();
  await chain.stop();
});

describe('a submission', () => {
  it('is included and indexed', async () => {
    const { id } = await outbox.post();
    const outcome = await outbox.settled(id);
    expect(outcome).toMatchObject({ status: 'INCLUDED', act: 'postOrder', problem: null, settled: true });
  });

  it('is on its way until it is indexed, by its act and what it is about', async () => {
    const [order, other] = [random32(), random32()];
    const underWay = (act: string, account?: Address) =>
      outbox.app().get(Submissions).underWay(act, [order, other], account);
    const { address } = outbox.app().get(Keyring).operator;
    const another = `0x${'0e'.repeat(20)}` as Address;
    const [id, ...found] = await outbox
      .app()
      .get(UnitOfWork)
      .run(async () => {
        const submitted = await outbox.post(2, order);
        const others = [await underWay('acceptOrder'), await underWay('postOrder', another)] as const;
        return [submitted.id, await underWay('postOrder'), await underWay('postOrder', address), ...others] as const;
      });
    expect(found).toEqual([[order], [order], [], []]);
    await outbox.settled(id);
    expect(await underWay('postOrder')).toEqual([]);
  });

  it('is on its way again once the index has its block no more', async () => {
    const order = random32();
    const { id } = await outbox.post(2, order);
    await outbox.settled(id);
    const [unit, submissions] = [outbox.app().get(UnitOfWork), outbox.app().get(Submissions)];
    const undone = new Error('undone, or the outbox would mend it');
    /** What is under way where the submission's row says so. */
    const after = async (set: string) => {
      let found: unknown;
      const asking = unit.run(async () => {
        await unit.manager.query(`UPDATE submissions SET ${set} WHERE id = $1`, [id]);
        found = await submissions.underWay('postOrder', [order]);
        throw undone;
      });
      await expect(asking).rejects.toBe(undone);
      return found;
    };
    expect(await after(`act = act`)).toEqual([]);
    expect(await after(`block_hash = '\\x${'fe'.repeat(32)}'`)).toEqual([order]);
    expect(await after('block = block + 1000000')).toEqual([order]);
  });

  it('that the chain would revert is refused with its values, and spends no nonce', async () => {
    const before = await outbox.nonce(chain.url);
    const { id } = await outbox.post(4); // a bank is no supplier
    expect(await outbox.settled(id)).toMatchObject({
      status: 'REFUSED',
      problem: { code: 'MEMBER_MISSING_ROLE', facts: { member: 4 } },
    });
    expect(await outbox.nonce(chain.url)).toBe(before);
  });

  it('is not there when the unit of work rolls back', async () => {
    const before = await outbox.nonce(chain.url);
    const failed = outbox
      .app()
      .get(UnitOfWork)
      .run(async () => {
        await outbox.post();
        throw new Error('changed my mind');
      });
    await expect(failed).rejects.toThrow('changed my mind');
    const { id } = await outbox.post();
    await outbox.settled(id);
    expect(await outbox.nonce(chain.url)).toBe(before + 1);
  });

  it('refused among others holds nobody up', async () => {
    const all = await Promise.all([2, 4, 2, 4, 3, 2].map((supplier) => outbox.post(supplier)));
    const outcomes = await Promise.all(all.map(({ id }) => outbox.settled(id)));
    expect(outcomes.map(({ status }) => status)).toEqual([
      'INCLUDED',
      'REFUSED',
      'INCLUDED',
      'REFUSED',
      'INCLUDED',
      'INCLUDED',
    ]);
  });
});

it('a thousand are pipelined without a gap, each included once', async () => {
  const before = await outbox.nonce(chain.url);
  const ids = await Promise.all(Array.from({ length: 1_000 }, () => outbox.post().then(({ id }) => id)));
  const outcomes = await Promise.all(ids.map((id) => outbox.settled(id)));
  expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(['INCLUDED']));
  expect(new Set(outcomes.map(({ transaction }) => transaction)).size).toBe(1_000);
  expect(await outbox.nonce(chain.url)).toBe(before + 1_000);
});
