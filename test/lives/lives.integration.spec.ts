import { Random } from '../chaos/random.js';
import { startNodes, type TestNodes } from '../support/nodes.js';
import { ACTS } from './acts.js';
import { MEMBERS, World } from './world.js';

const DEEP = process.env['TRADEPROOF_DEEP'] === 'true';
const STEPS = Number(process.env['TRADEPROOF_STEPS'] ?? (DEEP ? 100_000 : 2_000));
const SEED = Number(process.env['TRADEPROOF_SEED'] ?? 20_261_125);

let nodes: TestNodes;

beforeAll(async () => {
  nodes = await startNodes(MEMBERS, { settings: { rateLimit: 0 } });
}, 180_000);
afterAll(() => nodes?.stop());

it(
  `${STEPS} commands of random members do what a plain model says (seed ${SEED})`,
  async () => {
    const world = new World(nodes, new Random(SEED));
    for (let i = 0; i < STEPS; i++) {
      try {
        await world.step();
      } catch (error) {
        throw new Error(`step ${i + 1} of seed ${SEED}: ${(error as Error).message}`, { cause: error });
      }
    }
    await world.checkAll();
    const { tally } = world;
    process.stdout.write(
      `lives: ${[...tally].map(([act, { done, refused }]) => `${act} ${done}/${refused}`).join(', ')}\n`,
    );
    // Every act was both done and refused: lives go everywhere.
    const seldom = Object.keys(ACTS).filter((act) => !tally.get(act)?.refused || !tally.get(act)?.done);
    expect(seldom).toEqual([]);
  },
  DEEP ? 24 * 3_600_000 : 900_000,
);
