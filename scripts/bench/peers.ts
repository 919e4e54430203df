import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const SOURCE = resolve('scripts/bench/peers');
const INSTALLED = resolve('.toolchain/peers');
/** A peer that takes longer is taken for hung. */
const WITHIN_MS = 300_000;

/** Installs the peers, once for each state of their package.json, where nothing of ours is built or checked. */
function installed(): string {
  const wanted = readFileSync(join(SOURCE, 'package.json'), 'utf8');
  const marker = join(INSTALLED, '.installed');
  cpSync(SOURCE, INSTALLED, { recursive: true });
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return INSTALLED;
  process.stderr.write('bench: installing the peers ...\n');
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: INSTALLED, stdio: 'ignore' });
  // Only now: an installation that was interrupted is made again.
  writeFileSync(marker, wanted);
  return INSTALLED;
}

/** What a peer measured: it prints JSON. */
export function runPeer<T>(script: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<T> {
  const cwd = installed();
  return printedBy(join(cwd, script), args, { cwd, env: { ...process.env, ...env } });
}

/** What a script of its own process measured: it prints JSON. */
export async function printedBy<T>(
  script: string,
  args: readonly string[],
  where: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<T> {
  const options = { ...where, timeout: WITHIN_MS };
  const { stdout } = await promisify(execFile)(process.execPath, [script, ...args], options);
  return JSON.parse(stdout) as T;
}

/** A peer that serves: it prints its port, and ends when it is disconnected. */
export async function startPeer(
  script: string,
  args: readonly string[],
): Promise<{ port: number; child: ChildProcess }> {
  const cwd = installed();
  const child = spawn(process.execPath, [join(cwd, script), ...args], {
    cwd,
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const [printed] = (await once(child.stdout!, 'data')) as [Buffer];
  return { port: Number(String(printed).trim()), child };
}
