import { Interface, JsonRpcProvider } from 'ethers';
import { Config } from '../../node/src/config/index.js';
import { Story } from '../../node/src/financing/testing/story.js';
import type { MemberPlan } from '../../scripts/consortium/members.js';
import { MemberClient } from '../../scripts/demo/client.js';
import { loadArtifacts } from '../../scripts/deploy/artifacts.js';
import { Random } from '../chaos/random.js';
import { testApi, type TestApi } from '../support/api.js';
import { startNodes, type TestNodes } from '../support/nodes.js';
import { Contest } from './support/contest.js';

const DEEP = process.env['TRADEPROOF_DEEP'] === 'true';
const { TRADEPROOF_RACES, TRADEPROOF_SEED } = process.env;
const RACES = Number(TRADEPROOF_RACES ?? (DEEP ? 10_000 : 200));
/** In which order the lenders start, and at which process. */
const SEED = Number(TRADEPROOF_SEED ?? 20_261_125);
/** Some two thirds of a second of a core each: a request, its grant, an offer, three agreements and a release. */
const MOST_A_RACE_MS = 10_000;
/** Receivables that are raced for side by side, each again and again: who wins drops it, and all bid once more. */
const COURSES = 8;
const LENDERS = ['bank-a', 'bank-b', 'bank-c'] as const;
const THIRD: MemberPlan = { name: 'bank-c', role: 'LENDER', roles: 4, chamber: 3, title: 'lender' };

const random = new Random(SEED);

let nodes: TestNodes;
/** A second process of the holder's node, over the same database. */
let replica: TestApi;
let story: Story;
let holders: MemberClient[];

beforeAll(async () => {
  nodes = await startNodes(['core', 'supplier-1', ...LENDERS], { more: [THIRD] });
  const holder = nodes.of('supplier-1');
  replica = await testApi(Object.values(await import('../../node/src/rooms.js')), {
    ...holder.app.get(Config),
    roles: ['api', 'indexer'],
  });
  await replica.app.listen(0, '127.0.0.1');
  const second = new MemberClient({ ...holder.client.member, url: await replica.app.getUrl() });
  holders = [holder.client, second];
  story = new Story({ of: nodes.of, anvil: nodes.anvil, patienceMs: 300_000 });
}, 900_000);

afterAll(async () => {
  await replica?.stop();
  await nodes?.stop();
});

/** How often the chain took a reservation of each receivable. */
async function reservations(): Promise<Map<string, number>> {
  const provider = new JsonRpcProvider(nodes.anvil.url, undefined, { cacheTimeout: -1 });
  const abi = new Interface(loadArtifacts().ReceivableRegistry.abi);
  const { address } = nodes.consortium.deployment.contracts['ReceivableRegistry']!;
  const topics = abi.encodeFilterTopics('EncumbranceReserved', []);
  const logs = await provider.getLogs({ address, topics, fromBlock: 0 });
  provider.destroy();
  const counts = new Map<string, number>();
  for (const { topics } of logs) counts.set(topics[1]!, (counts.get(topics[1]!) ?? 0) + 1);
  return counts;
}

it(
  `gives a receivable to exactly one of ${LENDERS.length} lenders, ${RACES} times over, and tells the others why not (seed ${SEED})`,
  async () => {
    const contests = await Promise.all(
      Array.from({ length: COURSES }, async (_, course) => {
        const receivable = await story.confirmed({ number: `PO-RACE-${course}` });
        return new Contest(receivable, story, holders, LENDERS, random);
      }),
    );
    let left = RACES;
    await Promise.all(
      contests.map(async (contest) => {
        while (left-- > 0) await contest.race();
      }),
    );
    expect(contests.reduce((sum, { races }) => sum + races, 0)).toBe(RACES);
    // What was refused is refused on chain too: not one reservation more than there were winners.
    const taken = await reservations();
    expect(contests.map(({ receivable }) => taken.get(receivable))).toEqual(contests.map(({ races }) => races));
    for (const lender of LENDERS) expect(contests.some(({ wins }) => (wins.get(lender) ?? 0) > 0)).toBe(true);
  },
  300_000 + RACES * MOST_A_RACE_MS,
);
