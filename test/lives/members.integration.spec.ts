import type { StoredKeys } from '../../node/src/config/index.js';
import { prepare } from '../../scripts/keys/rotation.js';
import { Random } from '../chaos/random.js';
import { startNodes, type TestNodes } from '../support/nodes.js';
import { ACTS } from './members/acts.js';
import { MEMBERS } from './members/plain.js';
import { MembersWorld } from './members/world.js';

const DEEP = process.env['TRADEPROOF_DEEP'] === 'true';
const { TRADEPROOF_STEPS: steps, TRADEPROOF_SEED: seed } = process.env;
const STEPS = Number(steps ?? (DEEP ? 5_000 : 100));
const SEED = Number(seed ?? 274);

const keys = new Map<string, StoredKeys>();
let nodes: TestNodes;

beforeAll(async () => {
  // A second buyer, so that the first can be suspended: no chamber is ever empty.
  const more = [{ name: 'core-2', role: 'CORE_ENTERPRISE', roles: 1, chamber: 1, title: 'another buyer' }] as const;
  const keysOf = (name: string, own: StoredKeys) => {
    keys.set(name, prepare(own, 'operator'));
    return keys.get(name)!;
  };
  nodes = await startNodes(MEMBERS, { settings: { rateLimit: 0 }, more, keysOf });
});
afterAll(() => nodes?.stop());

it(
  `${STEPS} commands of members that are suspended, overruled and given other keys do what a plain model says (seed ${SEED})`,
  async () => {
    const world = new MembersWorld(nodes, new Random(SEED), keys);
    for (let i = 0; i < STEPS; i++) {
      try {
        await world.step();
      } catch (error) {
        throw new Error(`step ${i + 1} of seed ${SEED}: ${(error as Error).message}`, { cause: error });
      }
    }
    await world.checkAll();
    const { tally, seen } = world;
    const told = [...tally].map(([act, { done, refused }]) => `${act} ${done}/${refused}`);
    process.stdout.write(`members: ${told.join(', ')}; ${JSON.stringify(seen)}\n`);
    if (steps !== undefined || seed !== undefined) return;
    const seldom = Object.keys(ACTS).filter((act) => !tally.get(act)?.refused || (DEEP && !tally.get(act)?.done));
    expect(seldom).toEqual([]);
    expect(Object.values(seen).every((times) => times > 0)).toBe(true);
  },
  DEEP ? 24 * 3_600_000 : 900_000,
);
