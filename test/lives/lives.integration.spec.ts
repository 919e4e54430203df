import { Random } from '../chaos/random.js';
import { startNodes, type TestNodes } from '../support/nodes.js';
import { ACTS } from './acts.js';
import { ACTS as FRAMEWORK_ACTS } from './frameworks/acts.js';
import { FrameworkWorld } from './frameworks/world.js';
import { MEMBERS, World } from './world.js';

const DEEP = process.env['TRADEPROOF_DEEP'] === 'true';
const { TRADEPROOF_STEPS: steps, TRADEPROOF_SEED: seed } = process.env;
/** With those of the other worlds 2,000 in `npm test`. */
const STEPS = Number(steps ?? (DEEP ? 100_000 : 1_680));
const FRAMEWORK_STEPS = Number(steps ?? (DEEP ? 5_000 : 120));
const SEED = Number(seed ?? 20_261_179);

let nodes: TestNodes;

beforeAll(async () => {
  nodes = await startNodes(MEMBERS, { settings: { rateLimit: 0 } });
});
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
    // Looks at everything that ever was, once more: for a night.
    if (DEEP) await world.checkAll();
    const { tally } = world;
    process.stdout.write(
      `lives: ${[...tally].map(([act, { done, refused }]) => `${act} ${done}/${refused}`).join(', ')}\n`,
    );
    if (steps !== undefined || seed !== undefined) return;
    // Every act was refused, and in many lives done: they go everywhere.
    const seldom = Object.keys(ACTS).filter((act) => !tally.get(act)?.refused || (DEEP && !tally.get(act)?.done));
    expect(seldom).toEqual([]);
  },
  DEEP ? 24 * 3_600_000 : 900_000,
);

it(
  `${FRAMEWORK_STEPS} commands on framework contracts do what a plain model says (seed ${SEED})`,
  async () => {
    const world = new FrameworkWorld(nodes, new Random(SEED));
    for (let i = 0; i < FRAMEWORK_STEPS; i++) {
      try {
        await world.step();
      } catch (error) {
        throw new Error(`step ${i + 1} of seed ${SEED}: ${(error as Error).message}`, { cause: error });
      }
    }
    const { tally } = world;
    const told = [...tally].map(([act, { done, refused }]) => `${act} ${done}/${refused}`);
    process.stdout.write(`frameworks: ${told.join(', ')}\n`);
    if (steps !== undefined || seed !== undefined) return;
    const seldom = Object.keys(FRAMEWORK_ACTS).filter(
      (act) => !tally.get(act)?.refused || (DEEP && !tally.get(act)?.done),
    );
    expect(seldom).toEqual([]);
  },
  DEEP ? 24 * 3_600_000 : 900_000,
);
