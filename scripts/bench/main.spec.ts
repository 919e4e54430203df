import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

it.each([
  [['--only', 'gas', '--only', 'postnig'], /^bench: no figure's name begins with 'postnig': .*posting\.rest.*\n$/],
  [['--foo'], /^bench: Unknown option '--foo'.*\n$/],
])('measures nothing, and says so, when it is told %j', (args, said) => {
  const main = resolve('dist/scripts/bench/main.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], { encoding: 'utf8' });
  expect([status, stdout, stderr]).toEqual([1, '', expect.stringMatching(said)]);
});
