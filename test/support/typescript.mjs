import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { dirname, join, resolve as resolvePath } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformSync, version } from '@swc/core';

// Lets Node import our TypeScript, which says `.js` as its output will: in the processes that jest runs tests in.

const ROOT = resolvePath(dirname(fileURLToPath(import.meta.url)), '../..');
/** What swc made, by what it made it from. */
const CACHE = join(ROOT, 'node_modules/.cache/swc');
const SETTINGS = readFileSync(join(ROOT, '.swcrc'), 'utf8');
const JEST_GLOBALS = new URL('jest-globals.mjs', import.meta.url).href;
mkdirSync(CACHE, { recursive: true });

/** Paths of source maps, by the URL of what was loaded. What Node runs lies beside, as `.mjs`. */
export const sourceMaps = new Map();

/** What Node runs instead of this text. */
export function compile(url, text) {
  const filename = fileURLToPath(url);
  const key = createHash('sha256').update([version, SETTINGS, filename, text].join('\0')).digest('hex');
  const [code, map] = ['mjs', 'map'].map((ending) => join(CACHE, `${key}.${ending}`));
  if (!existsSync(code)) {
    const output = transformSync(text, { filename, sourceMaps: true, cwd: ROOT });
    write(map, output.map);
    write(code, output.code);
  }
  sourceMaps.set(url, map);
  return { format: 'module', source: readFileSync(code, 'utf8'), shortCircuit: true };
}

/** Whole or not at all, however many workers do so at once. */
function write(path, text) {
  writeFileSync(`${path}.${process.pid}`, text);
  renameSync(`${path}.${process.pid}`, path);
}

registerHooks({
  resolve(specifier, context, next) {
    if (specifier === '@jest/globals') return { url: JEST_GLOBALS, shortCircuit: true };
    if (/^\.{1,2}\/.*\.js$/.test(specifier) && context.parentURL) {
      const url = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
      if (existsSync(url)) return { url: url.href, format: 'module', shortCircuit: true };
    }
    return next(specifier, context);
  },
  load(url, context, next) {
    return /^file:.*\.ts$/.test(url) ? compile(url, readFileSync(fileURLToPath(url), 'utf8')) : next(url, context);
  },
});
