import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type BuildOptions } from 'esbuild';

const { BUILDS, SOURCES } = (await import(pathToFileURL(resolve('scripts/verifier/build.mjs')).href)) as {
  readonly BUILDS: readonly BuildOptions[];
  readonly SOURCES: readonly string[];
};

it('the verifier is built anew when any source of the command or of the page is newer', async () => {
  const built = await Promise.all(BUILDS.map((options) => build({ ...options, metafile: true, write: false })));
  const read = built.flatMap(({ metafile }) => Object.keys(metafile!.inputs));
  const sources = read.filter((path) => !/(^|\/)node_modules\//.test(path) && !path.startsWith('(disabled)'));
  expect(sources).toEqual(expect.arrayContaining(['scripts/verifier/main.ts', 'scripts/verifier/page.ts']));
  expect(sources.filter((path) => !SOURCES.some((folder) => path.startsWith(`${folder}/`)))).toEqual([]);
});
