import { readFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { shouldInstrument } from '@jest/transform';
import { sourceMaps } from './typescript.mjs';

/** Counts from the first file of a worker's on: what is compiled uncounted stays so. */
let counting;

/**
 * Instead of jest's own, which loads all modules anew for each file of tests: Node loads them, once a worker
 * (docs/adr/0086). All else is jest's.
 */
export default class Runtime {
  // For each file its own, since one remembers all that it loaded.
  require = createRequire(import.meta.url);

  constructor(config, environment, resolver, transformer, texts, coverageOptions) {
    this.config = config;
    this.coverageOptions = coverageOptions;
  }

  /** jest-circus, which keeps the file's tests in its module. */
  requireInternalModule(path) {
    delete this.require.cache[path];
    return this.require(path);
  }

  requireModule(path) {
    return this.require(path);
  }

  unstable_shouldLoadAsEsm() {
    return true;
  }

  unstable_importModule(path) {
    return import(pathToFileURL(path).href);
  }

  getSourceMaps() {
    return sourceMaps;
  }

  getAllCoverageInfoCopy() {}

  async collectV8Coverage() {
    if (counting) return;
    counting = new Session();
    counting.connect();
    await counting.post('Profiler.enable');
    await counting.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  }

  async stopCollectingV8Coverage() {
    this.counted = (await counting.post('Profiler.takePreciseCoverage')).result;
  }

  getAllV8CoverageInfoCopy() {
    return this.counted
      .filter(({ url }) => sourceMaps.has(url))
      .map((result) => ({ ...result, url: fileURLToPath(result.url) }))
      .filter(({ url }) => shouldInstrument(url, this.coverageOptions, this.config))
      .map((result) => ({ result, codeTransformResult: transformed(result.url) }));
  }

  // What jest tells of its sandbox, or asks of it.
  setGlobalsForRuntime() {}
  enterTestCode() {}
  leaveTestCode() {}
  teardown() {}
}

function transformed(path) {
  const sourceMapPath = sourceMaps.get(pathToFileURL(path).href);
  const [code, originalCode] = [sourceMapPath.replace(/map$/, 'mjs'), path].map((file) => readFileSync(file, 'utf8'));
  return { code, originalCode, sourceMapPath };
}
