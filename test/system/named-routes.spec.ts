import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A route in running text: its method, perhaps a line's end, and its path as far as it goes. */
const NAMED = /\b(GET|POST|PUT|PATCH|DELETE)\s+(\/v1\/[A-Za-z0-9/{}:_-]+)/g;
/** Generated from the routes themselves, with those that the description leaves out. */
const GENERATED = /access\.md$/;

const filesIn = (dir: string, ending: string): string[] =>
  readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending) && !GENERATED.test(name))
    .map((name) => join(dir, name));

const { paths } = JSON.parse(readFileSync('test/snapshots/openapi.json', 'utf8')) as {
  paths: Record<string, Record<string, unknown>>;
};
const bare = (path: string): string => path.replace(/\{[^}]*\}|:[a-z]+/g, '{}').replace(/\/$/, '');
const described = new Set(
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${bare(path)}`),
  ),
);

const texts = [
  'README.md',
  ...filesIn('docs', '.md'),
  ...filesIn('production', '.yml'),
  ...filesIn('scripts/doctor', '.ts'),
  ...filesIn('scripts/keys', '.ts'),
  ...filesIn('scripts/deploy', '.ts'),
];
const named = texts.flatMap((file) =>
  [...readFileSync(file, 'utf8').matchAll(NAMED)].map(
    ([, method, path]) => [file, `${method} ${bare(path!)}`] as const,
  ),
);

it('are served: guides and the doctor send nobody to a route that is not there', () => {
  expect(named.length).toBeGreaterThan(25);
  expect(named.filter(([, route]) => !described.has(route)).map((each) => each.join(': '))).toEqual([]);
});
