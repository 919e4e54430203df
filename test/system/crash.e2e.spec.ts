import { eventually, type MemberClient } from '../../scripts/demo/client.js';
import { rpc } from '../../scripts/embedded/rpc.js';
import { RunningConsortium } from '../support/running-consortium.js';
import { postStubbornly, type Taken } from './support/orders.js';
import { blockAt, settled, until } from './support/settled.js';
import { sql } from './support/sql.js';

let consortium: RunningConsortium;
let core: MemberClient;
let supplier: MemberClient;
/** All orders that were ever taken in. */
const taken: Taken[] = [];

const post = async (number: string, wait?: number): Promise<Taken> => {
  const order = await postStubbornly(core, number, wait);
  taken.push(order);
  return order;
};
const chain = <T>(method: string, ...params: unknown[]) => rpc<T>(consortium.file.rpcUrl, method, params);
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Each order that was taken in is on chain, at both parties, under its id, once; and nothing else is. */
async function expectEachOnce(): Promise<void> {
  await settled(consortium);
  for (const member of ['core', 'supplier-1', 'auditor']) {
    const rows = await sql<{ id: string }>(
      consortium,
      member,
      `SELECT '0x' || encode(id, 'hex') AS id FROM chain_orders`,
    );
    expect(rows.map(({ id }) => id).sort()).toEqual(taken.map(({ id }) => id).sort());
  }
  for (const { number, id } of taken) {
    for (const party of [core, supplier]) {
      const { body } = await party.get(`/v1/orders?number=${number}`);
      expect((body['items'] as { id: string }[]).map((item) => item.id)).toEqual([id]);
    }
  }
}

beforeAll(async () => {
  consortium = await new RunningConsortium().start();
  core = consortium.member('core');
  supplier = consortium.member('supplier-1');
}, 120_000);

afterAll(() => consortium.destroy(), 60_000);

describe('kill -9', () => {
  it('of a node between taking in orders and their inclusion: each is posted exactly once', async () => {
    await chain('evm_setAutomine', false);
    await chain('evm_setIntervalMining', 0);
    const numbers = Array.from({ length: 12 }, (_, i) => `PO-NODE-${i}`);
    const posting = numbers.map((number) => post(number));
    await Promise.race(posting);
    process.kill(consortium.nodePid('core'), 'SIGKILL');
    await Promise.all(posting);
    // Once more when all are taken in and none is in a block.
    const before = consortium.nodePid('core');
    process.kill(before, 'SIGKILL');
    await until(async () => expect(consortium.nodePid('core')).not.toBe(before));
    const [{ orders }] = (await sql<{ orders: number }>(
      consortium,
      'auditor',
      'SELECT count(*)::int AS orders FROM chain_orders',
    )) as [{ orders: number }];
    expect(orders).toBe(0);
    await chain('evm_setAutomine', true);
    await chain('evm_setIntervalMining', 2);
    await expectEachOnce();
  }, 120_000);

  it('of the chain: what it lost is sent again, and all nodes agree', async () => {
    for (let attempt = 0; ; attempt++) {
      const order = await post(`PO-CHAIN-${attempt}`, 20);
      await eventually(
        () => supplier.get(`/v1/orders/${order.id}`),
        ({ body }) => body['number'] === order.number,
      );
      const accepted = await supplier.post(`/v1/orders/${order.id}/acceptance`);
      expect([accepted.status, accepted.body['status']]).toEqual([201, 'ACCEPTED']);
      const lost = (await blockAt(consortium, accepted.block))!;
      const [anvil] = consortium.pidsOf('anvil');
      process.kill(anvil!, 'SIGKILL');
      const now = await until(async () => (await blockAt(consortium, 'latest'))!);
      const standing = await blockAt(consortium, lost.number);
      await expectEachOnce();
      for (const party of [core, supplier]) {
        expect((await party.get(`/v1/orders/${order.id}`)).body['status']).toBe('ACCEPTED');
      }
      if (standing?.hash !== lost.hash) return void expect(now.number).toBeLessThan(lost.number + 5);
      if (attempt === 4) throw new Error('the chain lost nothing five times');
    }
  }, 240_000);

  it('of PostgreSQL under load: nothing that was taken in is lost, and nothing is doubled', async () => {
    const posting = Array.from({ length: 20 }, async (_, i) => {
      await pause(i * 40);
      return post(`PO-DATABASE-${i}`);
    });
    await pause(350);
    process.kill(consortium.pidsOf('postgres')[0]!, 'SIGKILL');
    await Promise.all(posting);
    await expectEachOnce();
  }, 120_000);

  it('of the supervisor: the next start clears up and goes on', async () => {
    process.kill(consortium.pid, 'SIGKILL');
    await pause(500);
    await consortium.start();
    core = consortium.member('core');
    supplier = consortium.member('supplier-1');
    await expectEachOnce();
  }, 120_000);
});

describe('Ctrl-C', () => {
  it('leaves no process, and the next start has the same members, keys and orders', async () => {
    const before = consortium.file;
    expect(await consortium.stop()).toBe(0);
    expect(consortium.processes()).toEqual([]);
    await consortium.start();
    expect(consortium.file.members).toEqual(before.members);
    expect(consortium.file.contracts).toEqual(before.contracts);
    await post('PO-AGAIN', 20);
    await expectEachOnce();
  }, 120_000);
});
