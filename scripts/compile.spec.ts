import {
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

interface Compiling {
  compile(source: string, output: string, options: object): Promise<void>;
  isUnderWay(path: string): boolean;
}
const { compile, isUnderWay } = (await import(resolve('scripts/compile.mjs'))) as Compiling;

const dir = mkdtempSync(join(tmpdir(), 'tradeproof-compile-'));
afterAll(() => rmSync(dir, { recursive: true }));

it.each([
  ['source.ts', 'output.js', 'export const a: number = 1;', 'export const a = 1;'],
  ['source.json', 'output.json', '{"a":1}', '{"a":1}'],
])('puts what %s becomes in the place of what was there, never into it', async (from, to, text, expected) => {
  const [source, folder] = [join(dir, from), join(dir, `of-${from}`)];
  writeFileSync(source, text);
  mkdirSync(folder);
  const [output, before] = [join(folder, to), join(dir, `before-${from}`)];
  writeFileSync(output, 'before');
  linkSync(output, before);
  await compile(source, output, { cwd: process.cwd(), configFile: resolve('.swcrc') });
  expect(readFileSync(output, 'utf8')).toContain(expected);
  expect(readFileSync(before, 'utf8')).toBe('before');
  expect(readdirSync(folder).sort()).toEqual(from.endsWith('.ts') ? [to, `${to}.map`] : [to]);
  rmSync(output);
  await expect(compile(join(dir, 'none.ts'), output, {})).rejects.toThrow();
  expect(existsSync(output)).toBe(false);
});

it('knows what another build may be about to put in its place', () => {
  const path = join(dir, 'output.js.4711');
  writeFileSync(path, '');
  expect([isUnderWay(path), isUnderWay(join(dir, 'source.ts')), isUnderWay(join(dir, 'none.js.1'))]).toEqual([
    true,
    false,
    false,
  ]);
  utimesSync(path, 1, 1);
  expect(isUnderWay(path)).toBe(false);
});
