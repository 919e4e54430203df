import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

interface Report {
  readonly numRuntimeErrorTestSuites: number;
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly title: string; readonly failureMessages: readonly string[] }[];
  }[];
}

/** Runs files of fixtures one after another in one process, as `npm test` would. */
function run(files: string[], ...options: string[]) {
  const paths = files.map((file) => `--testMatch=<rootDir>/test/support/fixtures/${file}.ts`);
  const args = ['node_modules/jest/bin/jest.js', '-i', '--json', ...paths, ...options];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 120_000 });
  const { numRuntimeErrorTestSuites: broken, testResults } = JSON.parse(stdout) as Report;
  const failures = testResults.flatMap(({ assertionResults }) =>
    assertionResults.map(({ title, failureMessages }): [string, string] => [title, failureMessages.join('\n')]),
  );
  return { status, broken, failures: new Map(failures), output: stderr };
}

/** Where a text stands, as stacks say. */
function placeOf(text: string, file: string): string {
  const before = readFileSync(file, 'utf8').split(text)[0]!.split('\n');
  return `${file}:${before.length}:`;
}

const FAILING = 'test/support/fixtures/failing.ts';

it('tells of what fails where it stands in the source, and ends what hangs', () => {
  const { status, failures, output } = run(['failing']);
  expect(status).toBe(1);
  expect(failures.get('expects another')).toContain(placeOf('expect(1)', FAILING));
  expect(failures.get('fails in the node')).toContain(placeOf("toBytes('0x0'", FAILING));
  expect(failures.get('fails in the node')).toContain('node/src/kernel/hex.ts:');
  expect(failures.get('hangs')).toContain('Exceeded timeout of 50 ms');
  expect(failures.get('leaves a rejection to nobody')).toContain('nobody hears');
  expect(failures.get('fails with it')).toContain('not begun');
  expect(failures.get('fails with it')).toContain(placeOf("throw new Error('not begun')", FAILING));
  expect(output).toContain('said by a test');
});

it('counts files that cannot be loaded, and that have no tests', () => {
  expect(run(['thrown', 'missing', 'empty', 'following'], '-t', 'as it was')).toMatchObject({
    status: 1,
    broken: 3,
    failures: new Map([
      ['finds the process as it was', ''],
      ['is left out', ''],
    ]),
  });
});

it('leaves the process to the next file as it was, and runs the tests asked for', () => {
  const { failures } = run(['failing', 'following'], '-t', 'expects another|as it was');
  expect(failures.get('expects another')).not.toBe('');
  expect(failures.get('finds the process as it was')).toBe('');
  expect(failures.get('is left out')).toBe('');
});
