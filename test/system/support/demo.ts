import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const RECORDER = pathToFileURL(resolve('test/system/support/leaks/record-answers.mjs')).href;

export interface DemoRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** `npm run demo` against the consortium of a data folder, to its end; the problems it is answered with go to a file. */
export function runDemo(dataDir: string, problemsFile = ''): Promise<DemoRun> {
  return new Promise((done) => {
    const child = spawn(process.execPath, ['--import', RECORDER, resolve('dist/scripts/demo/main.js')], {
      env: {
        ...process.env,
        TRADEPROOF_DATA_DIR: dataDir,
        TRADEPROOF_TEST_PROBLEMS: problemsFile,
        NODE_OPTIONS: '',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk) => (stdout += String(chunk)));
    child.stderr.on('data', (chunk) => (stderr += String(chunk)));
    child.once('close', (code) => done({ code, stdout, stderr }));
  });
}
