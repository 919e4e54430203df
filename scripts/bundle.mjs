// Bundles the compiled node into a few files, dist/node/src/bundle/main.js and what it imports (docs/adr/0085): finding and linking 3,000 modules
// took a third of the time in which a node starts. Migrations stay files, which the node looks for two folders up.
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeWhole } from './verifier/build.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const FOLDER = join(ROOT, 'dist/node/src/bundle');
const ENTRY = join(FOLDER, 'main.js');

export const isOfBundle = (path) => path.startsWith(FOLDER);

/** Native, or with files of their own beside them: imported from node_modules as before. */
const APART = ['@chainsafe/blst', 'libxml2-wasm'];

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
 * esbuild calls a class that mentions itself `_Name`, and logs call it by its name. Its own remedy, `keepNames`, defines the name of each
 * function too, each time that one is made.
 */
const withNames = (code) =>
  code.replace(
    /= class _([A-Z]\w*) (?:extends [^{]+ )?\{/g,
    (head, name) => `${head} static { Object.defineProperty(this, 'name', { value: '${name}', configurable: true }); }`,
  );

/** Makes the bundle unless it is there and newer than what it is made of (`newest`, ms). */
export async function bundleNode(newest) {
  if (existsSync(ENTRY) && statSync(ENTRY).mtimeMs > newest) return;
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: ['dist/node/src/main.js'],
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
  // The entry last: it says that all is there.
  const isEntry = ({ path }) => path === ENTRY;
  for (const { path, text } of outputFiles.sort((a, b) => isEntry(a) - isEntry(b)))
    writeWhole(path, path.endsWith('.map') ? await linesOnly(text) : withNames(text));
  const made = new Set(outputFiles.map(({ path }) => path));
  for (const name of readdirSync(FOLDER)) if (!made.has(join(FOLDER, name))) rmSync(join(FOLDER, name));
}
