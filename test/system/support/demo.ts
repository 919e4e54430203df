import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

export interface DemoRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** `npm run demo` against the consortium of a data folder, to its end. */
export function runDemo(dataDir: string): Promise<DemoRun> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [resolve('dist/scripts/demo/main.js')], {
      env: { ...process.env, TRADEPROOF_DATA_DIR: dataDir, NODE_OPTIONS: '' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk) => (stdout += String(chunk)));
    child.stderr.on('data', (chunk) => (stderr += String(chunk)));
    child.once('close', (code) => done({ code, stdout, stderr }));
  });
}
