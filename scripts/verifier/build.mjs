// Bundles the offline verifier for whoever has only Node 20 or a browser: dist/verifier/tradeproof.mjs (the command) and
// dist/verifier/verifier.html (the page). Everything they need is in the one file.
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = dirname(dirname(HERE));
const OUT = join(ROOT, 'dist', 'verifier');

export const COMMAND = join(OUT, 'tradeproof.mjs');
export const PAGE = join(OUT, 'verifier.html');

/** Folders whose sources end up in the verifier: whatever is newer in them makes both be built anew. */
export const SOURCES = [
  'scripts/verifier',
  'node/src/kernel',
  'node/src/proofs/verify',
  'node/src/documents/model',
].concat(['members', 'orders', 'fulfilment', 'receivables', 'evidence'].map((room) => `node/src/${room}/domain`));

const COMMON = {
  bundle: true,
  format: 'esm',
  write: false,
  logLevel: 'warning',
  legalComments: 'none',
  absWorkingDir: ROOT,
};
/** What esbuild makes of the sources: the command, the script of the page. */
export const BUILDS = [
  {
    ...COMMON,
    entryPoints: ['scripts/verifier/main.ts'],
    platform: 'node',
    target: 'node20',
    // Libraries inside that are CommonJS ask for Node's own modules.
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module';\nconst require = requireFrom(import.meta.url);",
    },
  },
  {
    ...COMMON,
    entryPoints: ['scripts/verifier/page.ts'],
    platform: 'browser',
    target: 'es2022',
    minify: true,
    alias: { 'node:module': './scripts/verifier/no-require.mjs' },
    inject: ['scripts/verifier/browser-buffer.mjs'],
  },
];

function stale() {
  if (!existsSync(COMMAND) || !existsSync(PAGE)) return true;
  const built = Math.min(statSync(COMMAND).mtimeMs, statSync(PAGE).mtimeMs);
  return SOURCES.some((folder) =>
    readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true }).some(
      (entry) => entry.isFile() && statSync(join(entry.parentPath ?? entry.path, entry.name)).mtimeMs > built,
    ),
  );
}

/** Builds both unless they are newer than their sources. */
export async function buildVerifier() {
  if (!stale()) return;
  const { build } = await import('esbuild');
  const [command, page] = await Promise.all(BUILDS.map((each) => build(each)));
  mkdirSync(OUT, { recursive: true });
  replaceFile(COMMAND, command.outputFiles[0].text);
  // A script that holds its own end tag would end early; the replacement is a function, so that no $ in it is special.
  const script = page.outputFiles[0].text.replaceAll('</script', '<\\/script');
  replaceFile(
    PAGE,
    readFileSync(join(HERE, 'page.html'), 'utf8').replace('/* script */', () => script),
  );
}

/** At once: another process may read it, or write it too. `asOf` (ms): of when it is, if not of now. */
export function replaceFile(path, text, asOf) {
  const temporary = `${path}.${process.pid}`;
  writeFileSync(temporary, text);
  if (asOf !== undefined) utimesSync(temporary, asOf / 1000, asOf / 1000);
  renameSync(temporary, path);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildVerifier();
