// Bundles the compiled node into a few files, dist/node/src/bundle/main.js and what it imports (docs/adr/0085): finding and linking 3,000 modules
// took a third of the time in which a node starts. Migrations stay files, which the node looks for two folders up.
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { replaceFile } from './verifier/build.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const FOLDER = join(ROOT, 'dist/node/src/bundle');
const ENTRY = join(FOLDER, 'main.js');
/** Begun by its file's name, beside whoever begins it. */
const THREAD = 'dist/node/src/documents/commitment/roots-thread.js';

export const isOfBundle = (path) => path.startsWith(FOLDER);

/** Native, or with files of their own beside them: imported from node_modules as before. The last is a development dependency that `debug` does without. */
const APART = ['@chainsafe/blst', 'libxml2-wasm', 'supports-color'];

/** CommonJS libraries ask for Node's own modules, and for where they are. */
const COMMON_JS = `import { createRequire as requireFrom } from 'node:module';
const require = requireFrom(import.meta.url);
const { filename: __filename, dirname: __dirname } = import.meta;`;

/** What a library can do without is not installed: it is told so when it asks. */
const optional = {
  name: 'optional',
  setup(build) {
    const asked = {};
    build.onResolve({ filter: /^[^./]/ }, async ({ path, kind, importer, resolveDir, pluginData }) => {
      if (pluginData === asked || kind === 'entry-point') return undefined;
      const found = await build.resolve(path, { kind, importer, resolveDir, pluginData: asked });
      return found.errors.length > 0 ? { path, external: true } : found;
    });
  },
};

/** A map that says of a file no more than its name. */
const NAME_ALONE = Buffer.from('{"version":3,"sources":[""],"mappings":"A"}').toString('base64');

const libraries = {
  name: 'libraries',
  setup(build) {
    build.onLoad({ filter: /node_modules.*\.[cm]?js$/ }, async ({ path }) => ({
      contents: `${await readFile(path, 'utf8')}\n//# sourceMappingURL=data:application/json;base64,${NAME_ALONE}`,
      loader: 'js',
    }));
  },
};

/**
 * The map with lines, not columns, of our own sources, and where each library begins. A process keeps what its map says in
 * memory: 140 MB of all that esbuild knows, 2 MB of this.
 */
async function linesOnly(text) {
  const { decode, encode } = await import('@jridgewell/sourcemap-codec');
  const map = JSON.parse(text);
  const isOwn = map.sources.map((source) => !source.includes('node_modules/'));
  let before = -1;
  const lines = decode(map.mappings).map(([first]) => {
    if (!first || (first[1] === before && !isOwn[before])) return [];
    before = first[1];
    return [[0, before, isOwn[before] ? first[2] : 0, 0]];
  });
  return JSON.stringify({ ...map, names: [], mappings: encode(lines) });
}

/**
 * esbuild calls a class that mentions itself `_Name` or `Name2`, and logs call it by its name. Its own remedy, `keepNames`, defines the name
 * of each function too, each time that one is made.
 */
const withNames = (code) =>
  code.replace(
    /\b([A-Z]\w*) = (?:\w+_1 = )?class (?:_\1|\1\d+) (?:extends [^{]+ )?\{/g,
    (head, name) => `${head} static { Object.defineProperty(this, 'name', { value: '${name}', configurable: true }); }`,
  );

/** What an earlier bundle was made of may be about to be imported by a node that has begun to start. */
const KEPT_MS = 3_600_000;

function removeOld(made) {
  const old = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs < Date.now() - KEPT_MS;
  const files = readdirSync(FOLDER).map((name) => join(FOLDER, name));
  for (const file of files) if (!made.has(file) && old(file)) rmSync(file, { force: true });
}

/** Makes the bundle unless it is there, made of what was last changed at `newest` (ms). */
export async function bundleNode(newest) {
  if (existsSync(ENTRY) && statSync(ENTRY).mtimeMs >= Math.floor(newest)) return;
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: ['dist/node/src/main.js', THREAD],
    entryNames: '[name]',
    outdir: FOLDER,
    bundle: true,
    // What is imported when it is needed stays apart; without, each module would become a function that is called then.
    splitting: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    external: APART,
    banner: { js: COMMON_JS },
    plugins: [optional, libraries],
    sourcemap: 'linked',
    sourcesContent: false,
    legalComments: 'none',
    logLevel: 'warning',
  });
  mkdirSync(FOLDER, { recursive: true });
  // What others are imported by comes after them, and the entry last: it says that all is there, and of when, since another build may
  // change a part meanwhile.
  const isEntry = ({ path }) => path === ENTRY;
  const rank = (file) => (isEntry(file) ? 2 : Number(file.path.endsWith('/roots-thread.js')));
  for (const file of outputFiles.sort((a, b) => rank(a) - rank(b))) {
    const text = file.path.endsWith('.map') ? await linesOnly(file.text) : withNames(file.text);
    replaceFile(file.path, text, isEntry(file) ? Math.ceil(newest) : undefined);
  }
  removeOld(new Set(outputFiles.map(({ path }) => path)));
}
