// Compiles the node, its migrations and the scripts with swc into dist/ (types are checked by `tsc --noEmit`), and bundles the node.
// A file is compiled again only when it is newer than its output; outputs without a source are removed.
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleNode, isOfBundle } from './bundle.mjs';
import { compile, isUnderWay } from './compile.mjs';
import { buildVerifier, COMMAND, PAGE, replaceFile } from './verifier/build.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const DIST = join(ROOT, 'dist');
const SOURCES = ['node/src', 'node/migrations', 'scripts', 'test/support', 'test/contracts', 'test/chaos'];
const SKIPPED = /\.(spec|d)\.ts$|\.mjs$|^.*\/scripts\/(verifier\/(page\.ts|page\.html)$|bench\/peers\/)/;

const walk = (dir) =>
  existsSync(dir)
    ? readdirSync(dir, { withFileTypes: true, recursive: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
    : [];

const outputOf = (source) => join(DIST, relative(ROOT, source)).replace(/\.ts$/, '.js');
const settings = join(ROOT, '.swcrc');
const stale = (source, output) =>
  !existsSync(output) || statSync(output).mtimeMs < Math.max(statSync(source).mtimeMs, statSync(settings).mtimeMs);

const sources = SOURCES.flatMap((folder) => walk(join(ROOT, folder))).filter((file) => !SKIPPED.test(file));
await buildVerifier();
const own = join(DIST, 'package.json');
const wanted = new Set([COMMAND, PAGE, own]);
const work = [];
for (const source of sources) {
  const output = outputOf(source);
  wanted.add(output).add(`${output}.map`);
  if (stale(source, output)) work.push(compile(source, output, { cwd: ROOT, configFile: settings }));
}
await Promise.all(work);
for (const output of walk(DIST))
  if (!wanted.has(output) && !isOfBundle(output) && !isUnderWay(output)) rmSync(output, { force: true });
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const said = JSON.stringify({ name: manifest.name, version: manifest.version, type: 'module' });
// Whoever may only read what is built runs it all the same.
if (!existsSync(own) || readFileSync(own, 'utf8') !== said) replaceFile(own, said);
const parts = [join(ROOT, 'scripts/bundle.mjs'), join(ROOT, 'package-lock.json')].concat(
  sources.filter((source) => source.startsWith(join(ROOT, 'node/src/'))).map(outputOf),
);
await bundleNode(Math.max(...parts.map((part) => statSync(part).mtimeMs)));
