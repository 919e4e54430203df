import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { readCompose } from './read-compose.js';

/** What is run in a container of the image, beside what the guide names. */
const ENTRIES = ['node/src/main.ts', 'scripts/deploy/main.ts'];
const STARS: Record<string, string> = { '**/': '(?:.*/)?', '*': '[^/]*' };
const IMPORT = /(?:from|import)\s*\(?\s*'(\.[^']+)'/g;

const guide = readFileSync('docs/operations.md', 'utf8');
const rules = readFileSync('.dockerignore', 'utf8')
  .split('\n')
  .filter((line) => line && !line.startsWith('#'))
  .map((line) => ({ matching: matchingOf(line.replace(/^!/, '')), ignores: !line.startsWith('!') }));
/** As Docker has it: the last pattern decides that matches the path or a folder that it is in. */
const isIgnored = (path: string): boolean => rules.findLast(({ matching }) => matching.test(path))?.ignores ?? false;
const sourceOf = (compiled: string): string => compiled.replace(/^dist\//, '').replace(/\.js$/, '.ts');
const named = [...new Set([...guide.matchAll(/\bdist\/[\w/.-]+\.js\b/g)].map(([path]) => sourceOf(path)))];

/** Unlike a shell's, Docker's stars match names that begin with a dot. */
function matchingOf(pattern: string): RegExp {
  const parts = pattern.split(/(\*\*\/|\*)/).map((part) => STARS[part] ?? part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('')}(/|$)`);
}

/** Everything that the file imports, directly or not, and the file itself. */
function reachedFrom(entry: string, reached = new Set<string>()): Set<string> {
  if (reached.has(entry)) return reached;
  reached.add(entry);
  for (const [, to] of readFileSync(entry, 'utf8').matchAll(IMPORT))
    reachedFrom(normalize(join(dirname(entry), to!)).replace(/\.js$/, '.ts'), reached);
  return reached;
}

it('holds what it starts and what the guide has operators run in it', () => {
  expect(named).toEqual(expect.arrayContaining(['scripts/backup/main.ts', 'scripts/doctor/main.ts']));
  for (const entry of [...ENTRIES, ...named]) {
    expect([entry, existsSync(entry)]).toEqual([entry, true]);
    expect([entry, [...reachedFrom(entry)].filter(isIgnored)]).toEqual([entry, []]);
  }
});

it('holds no worlds of tests, benches or demonstrations', () => {
  const left = ['node/src/orders/testing/acts.ts', 'node/src/http/pages.spec.ts', 'scripts/guards/mutant.ts'];
  for (const path of [...left, 'scripts/bench/main.ts', 'scripts/demo/story.ts', 'test/support/nodes.ts'])
    expect([path, isIgnored(path)]).toEqual([path, true]);
});

it('is built of nothing that members keep secret and may have made in the repository’s folder', () => {
  const secrets = [
    'member.keys',
    'passphrase',
    'admin.json',
    'backup/manifest.json',
    '.env',
    '.data/core/node/keys.json',
  ];
  expect(secrets.filter((path) => !isIgnored(path))).toEqual([]);
});

it('is built of all that its build reads', () => {
  const copied = [...readFileSync('Dockerfile', 'utf8').matchAll(/^COPY (?!--from|\.)(.+) \S+$/gm)].flatMap(
    ([, paths]) => paths!.split(' '),
  );
  const builders = ['scripts/build.mjs', 'scripts/bundle.mjs', 'scripts/verifier/build.mjs'];
  const named = builders
    .flatMap((path) => [...readFileSync(path, 'utf8').matchAll(/'([\w./-]+)'/g)].map(([, text]) => normalize(text!)))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile() && !path.startsWith('dist/'));
  expect(copied).toEqual(['package.json', 'package-lock.json']);
  expect(named).toEqual(expect.arrayContaining(['.swcrc', 'scripts/verifier/page.ts']));
  // The last is what esbuild looks for by itself, above the sources that it is given.
  const read = [
    ...copied,
    ...builders,
    ...named,
    'scripts/verifier/page.html',
    'node/migrations/1795387500000-orders.ts',
    'tsconfig.json',
  ];
  expect(read.filter((path) => !existsSync(path) || isIgnored(path))).toEqual([]);
});

it('is installed from the lock file alone', () => {
  const dockerfile = readFileSync('Dockerfile', 'utf8');
  expect(dockerfile).toMatch(/^RUN npm ci /m);
  expect(dockerfile).not.toMatch(/npm install/);
});

it('is run as the guide says, in services that there are', () => {
  const { services } = readCompose('docker-compose.yml');
  const calls = [...guide.matchAll(/^docker compose (?:run --rm|exec)(?: -v \S+)* ([a-z0-9-]+)/gm)].map(
    ([, name]) => name!,
  );
  expect(calls.length).toBeGreaterThan(4);
  expect(calls.filter((name) => !services[name])).toEqual([]);
});
