import { Random } from '../chaos/random.js';
import { startNodes, type TestNodes } from '../support/nodes.js';
import { ACTS } from './parts/acts.js';
import { MEMBERS, PartsWorld } from './parts/world.js';

const DEEP = process.env['TRADEPROOF_DEEP'] === 'true';
const { TRADEPROOF_STEPS: steps, TRADEPROOF_SEED: seed } = process.env;
const STEPS = Number(steps ?? (DEEP ? 5_000 : 100));
const SEED = Number(seed ?? 279);

let nodes: TestNodes;

beforeAll(async () => {
  // supplier-2 takes by standing rule what supplier-1 gives it; supplier-1 answers by hand.
  nodes = await startNodes(MEMBERS, { settings: { rateLimit: 0, acceptPartsFrom: ['supplier-1'] } });
});
afterAll(() => nodes?.stop());

it(
  `${STEPS} commands on claims that are split do what a plain model says (seed ${SEED})`,
  async () => {
    const world = new PartsWorld(nodes, new Random(SEED));
    for (let i = 0; i < STEPS; i++) {
      try {
        await world.step();
      } catch (error) {
        throw new Error(`step ${i + 1} of seed ${SEED}: ${(error as Error).message}`, { cause: error });
      }
    }
    if (DEEP) await world.checkAll();
    const { tally } = world;
    const told = [...tally].map(([act, { done, refused }]) => `${act} ${done}/${refused}`);
    process.stdout.write(`parts: ${told.join(', ')}\n`);
    if (steps !== undefined || seed !== undefined) return;
    const seldom = Object.keys(ACTS).filter((act) => !tally.get(act)?.refused || (DEEP && !tally.get(act)?.done));
    expect(seldom).toEqual([]);
  },
  DEEP ? 24 * 3_600_000 : 900_000,
);
