import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, matchesGlob, normalize } from 'node:path';
import { readCompose } from './read-compose.js';

/** What is run in a container of the image, beside what the guide names. */
const ENTRIES = ['node/src/main.ts', 'scripts/deploy/main.ts'];
const IMPORT = /(?:from|import)\s*\(?\s*'(\.[^']+)'/g;

const guide = readFileSync('docs/operations.md', 'utf8');
const ignored = readFileSync('.dockerignore', 'utf8').trim().split('\n');
const isIgnored = (path: string): boolean =>
  ignored.some((pattern) => matchesGlob(path, pattern) || matchesGlob(path, `${pattern}/**`));
const sourceOf = (compiled: string): string => compiled.replace(/^dist\//, '').replace(/\.js$/, '.ts');
const named = [...new Set([...guide.matchAll(/\bdist\/[\w/.-]+\.js\b/g)].map(([path]) => sourceOf(path)))];

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
