import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { KINDS, MAY_FAIL, scheduleOf, traceOf } from './schedule.js';

const DEEP = process.env['TRADEPROOF_DEEP'] === 'true';
const SECONDS = DEEP ? 20 : 5;
/** Seeds that one world suffers, one after another. */
const A_WORLD = DEEP ? 10 : 3;
const COUNT = DEEP ? 100 : 3;

const failedOnce = Object.keys(
  JSON.parse(readFileSync(resolve('test/chaos/failed-seeds.json'), 'utf8')) as Record<string, string>,
).map(Number);
const seeds = [...new Set([...failedOnce, ...Array.from({ length: COUNT }, (_, i) => i + 1)])];
const chosen = DEEP ? seeds : seeds.slice(0, COUNT);
const worlds = Array.from({ length: Math.ceil(chosen.length / A_WORLD) }, (_, i) =>
  chosen.slice(i * A_WORLD, (i + 1) * A_WORLD),
);

function chaos(of: readonly number[]): Promise<{ code: number | null; output: string }> {
  const args = of.flatMap((seed) => ['--seed', String(seed)]);
  return new Promise((done) => {
    const child = spawn(process.execPath, [resolve('dist/test/chaos/main.js'), ...args, '--seconds', String(SECONDS)], {
      env: { ...process.env, NODE_OPTIONS: '' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
    child.once('close', (code) => done({ code, output }));
  });
}

it.each(worlds)(
  'nothing is lost and nothing is doubled, whatever fails: seeds %i ...',
  async (...of) => {
    const { code, output } = await chaos(of);
    const verdicts = output.match(/^seed \d+: \d+ kills, \d+ kinds, \d+ writes, 0 lost, 0 doubled, checksums equal$/gm);
    expect({ code, output, verdicts: verdicts?.length }).toEqual({ code: 0, output, verdicts: of.length });
    for (const verdict of verdicts!) {
      const [, , kinds, writes] = verdict.match(/\d+/g)!.map(Number) as [number, number, number, number];
      expect(kinds).toBeGreaterThanOrEqual(Object.keys(KINDS).length - MAY_FAIL.size);
      expect(writes).toBeGreaterThan(0);
    }
  },
  DEEP ? 3_600_000 : 900_000,
);

it('the same seed makes the same faults, another seed others', () => {
  const trace = (seed: number) => traceOf(scheduleOf(seed, 20));
  expect(trace(7)).toBe(trace(7));
  expect(new Set([1, 2, 3, 4, 5].map(trace)).size).toBe(5);
});
