import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { arrives, made, Story } from '../../node/src/financing/testing/story.js';
import { wipeChainTables } from '../../node/src/indexer/wipe-chain-tables.js';
import type { Answer, MemberClient } from '../../scripts/demo/client.js';
import { rpc } from '../../scripts/embedded/rpc.js';
import { eventually } from '../support/eventually.js';
import { RunningConsortium } from '../support/running-consortium.js';
import { ChainSaves } from './support/chain-saves.js';
import { doEverything } from './support/everything.js';
import { OnChain } from './support/on-chain.js';
import { postStubbornly, type Taken } from './support/orders.js';
import { blockAt, settled, until } from './support/settled.js';
import { checksums, sql, withDatabase } from './support/sql.js';

const ORDERS = `SELECT '0x' || encode(id, 'hex') AS id FROM chain_orders`;

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
const succeeded = ({ status }: Answer) => status === 201;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Each order that was taken in is on chain, at both parties, under its id, once; and nothing else is. */
async function expectEachOnce(): Promise<void> {
  await settled(consortium);
  for (const member of ['core', 'supplier-1', 'auditor']) {
    const rows = await sql<{ id: string }>(consortium, member, ORDERS);
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
  const onChain = new OnChain(consortium);
  const story = new Story({
    of: (name) => ({ client: consortium.member(name) }),
    anvil: { url: consortium.file.rpcUrl },
  });
  taken.push(...(await doEverything(consortium, story, onChain)));
  onChain.close();
  await settled(consortium);
});

afterAll(() => consortium?.destroy());

describe('kill -9', () => {
  it('of a node between taking in orders and their inclusion: each is posted exactly once', async () => {
    const before = [...taken];
    const onChain = () => sql<{ id: string }>(consortium, 'auditor', ORDERS);
    await chain('evm_setAutomine', false);
    await chain('evm_setIntervalMining', 0);
    try {
      const posting = Array.from({ length: 12 }, (_, i) => post(`PO-NODE-${i}`));
      await Promise.race(posting);
      const first = consortium.nodePid('core');
      process.kill(first, 'SIGKILL');
      await Promise.all(posting);
      // Once more when all are taken in and none is in a block.
      const second = await until(async () => {
        const pid = consortium.nodePid('core');
        expect(pid).not.toBe(first);
        return pid;
      });
      process.kill(second, 'SIGKILL');
      await until(async () => expect(consortium.nodePid('core')).not.toBe(second));
      expect(await onChain()).toHaveLength(before.length);
    } finally {
      await chain('evm_setAutomine', true);
      await chain('evm_setIntervalMining', 2);
    }
    await expectEachOnce();
  });

  it('of the chain: what it lost is sent again, and all nodes agree', async () => {
    const saves = new ChainSaves(consortium);
    const receipt = { kind: 'RECEIPT', issueDate: '2026-11-18', lines: [{ orderLine: '1', quantity: 100 }] };
    await saves.stop();
    // Acts of two members that rest on one another: sent again in the wrong order they would revert.
    const orders = await Promise.all([1, 2, 3].map((i) => post(`PO-CHAIN-${i}`, 20)));
    for (const { id, number } of orders) {
      const at = `/v1/orders/${id}`;
      await arrives(
        () => supplier.get(at),
        (order) => order['number'] === number,
      );
      made(await supplier.post(`${at}/acceptance`));
      const document = { kind: 'RECEIVED', document: receipt };
      made(await eventually(() => core.post(`${at}/milestones`, document), succeeded));
      made(await supplier.post(`${at}/milestones`, { kind: 'DESPATCHED' }));
    }
    const lost = (await blockAt(consortium, 'latest'))!;
    process.kill(consortium.pidsOf('anvil')[0]!, 'SIGKILL');
    await until(async () => (await blockAt(consortium, 'latest'))!);
    // Not before: what was read of the chain just before its end would be saved now.
    saves.goOn();
    expect((await blockAt(consortium, lost.number))?.hash).not.toBe(lost.hash);
    await expectEachOnce();
    for (const { id } of orders)
      for (const party of [core, supplier]) {
        expect((await party.get(`/v1/orders/${id}`)).body['status']).toBe('ACCEPTED');
        const { items } = (await party.get(`/v1/orders/${id}/milestones`)).body as { items: { kind: string }[] };
        expect(items.map(({ kind }) => kind).sort()).toEqual(['DESPATCHED', 'RECEIVED']);
      }
  });

  it('of PostgreSQL under load: nothing that was taken in is lost, and nothing is doubled', async () => {
    const posting = Array.from({ length: 20 }, async (_, i) => {
      await pause(i * 40);
      return post(`PO-DATABASE-${i}`);
    });
    await pause(350);
    process.kill(consortium.pidsOf('postgres')[0]!, 'SIGKILL');
    await Promise.all(posting);
    await expectEachOnce();
  });

  it('of the supervisor: the next start clears up and goes on, after one that Ctrl-C ended early, too', async () => {
    await consortium.kill();
    expect(await consortium.interrupt()).toBe(0);
    expect(consortium.processes()).toEqual([]);
    await consortium.start();
    core = consortium.member('core');
    supplier = consortium.member('supplier-1');
    await expectEachOnce();
  });
});

describe('wiping what a node has derived from the chain', () => {
  it.each([
    ['core', 'killed and started again'],
    ['bank-a', 'while it runs'],
  ])(
    'gives the identical content again: %s, %s',
    async (member, how) => {
      await settled(consortium);
      const before = await checksums(consortium, member);
      expect(before.length).toBeGreaterThan(15);
      expect(before.filter(({ rows }) => rows === 0)).toEqual([]);
      await withDatabase(consortium, member, wipeChainTables);
      if (how !== 'while it runs') process.kill(consortium.nodePid(member), 'SIGKILL');
      await until(async () => expect(await checksums(consortium, member)).toEqual(before));
      await settled(consortium);
      expect(await checksums(consortium, member)).toEqual(before);
    },
    300_000,
  );
});

describe('Ctrl-C', () => {
  it('leaves no process, and the next start has the same members, keys and orders', async () => {
    const before = consortium.file;
    expect(await consortium.stop()).toBe(0);
    expect(consortium.processes()).toEqual([]);
    expect(existsSync(join(consortium.dir, 'consortium.json'))).toBe(false);
    await consortium.start();
    expect(consortium.file.members).toEqual(before.members);
    expect(consortium.file.contracts).toEqual(before.contracts);
    await post('PO-AGAIN', 20);
    await expectEachOnce();
  });
});
