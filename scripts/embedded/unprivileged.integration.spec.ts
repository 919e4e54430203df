import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { binaries } from './postgres.js';

/** Whether this machine lets its root have machines of its own: with other users, and without user namespaces. */
function isRootOfAll(): boolean {
  if (process.getuid?.() !== 0) return false;
  try {
    execFileSync('unshare', ['--mount', '--', 'unshare', '--user', '--map-user=1', '--', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Whether other users reach the programs: not where a folder above this one is root's alone. */
async function othersReachThem(): Promise<boolean> {
  try {
    const { initdb } = await binaries();
    const nobody = ['--reuid=65534', '--regid=65534', '--clear-groups'];
    execFileSync('setpriv', [...nobody, '--', initdb, '--version'], { stdio: 'ignore', cwd: '/' });
    return true;
  } catch {
    return false;
  }
}

const USERS: Readonly<Record<string, string>> = {
  root: 'root:x:0:0:root:/root:/bin/sh',
  daemon: 'daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin',
  nobody: 'nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin',
  postgres: 'postgres:x:4711:4712:PostgreSQL:/var/lib/postgresql:/bin/sh',
};

const othersReach = (await othersReachThem()) ? it : it.skip;

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'tradeproof-root-'));
  mkdirSync(join(dir, 'system'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const postgresDir = () => join(dir, '.data', 'postgres');

/** Starts PostgreSQL twice as root of a machine with these users, which may refuse user namespaces: a process in a chroot has none. */
function startedBy(users: readonly string[], refused: boolean) {
  const passwd = join(dir, 'passwd');
  writeFileSync(passwd, users.map((name) => `${USERS[name]}\n`).join(''));
  const program = `
    const { startPostgres } = await import(${JSON.stringify(resolve('dist/scripts/embedded/postgres.js'))});
    try {
      for (let time = 1; time <= 2; time++) {
        const postgres = await startPostgres({ dir: ${JSON.stringify(postgresDir())}, settings: { fsync: 'off' } });
        await postgres.createDatabase('own');
        await postgres.stop();
      }
      process.stdout.write('STARTED');
    } catch (error) {
      process.stdout.write(error.message);
    }
  `;
  const [system, node] = [join(dir, 'system'), [process.execPath, '--input-type=module', '-e', program]];
  const script = refused
    ? 'mount --rbind / "$1" && mount --bind "$2" "$1/etc/passwd" && root=$1 && shift 2 && exec chroot "$root" "$@"'
    : 'mount --bind "$2" /etc/passwd && shift 2 && exec "$@"';
  mkdirSync(dirname(postgresDir()), { mode: 0o700 }); // as the lock of a consortium makes it
  const args = ['--mount', '--', 'sh', '-c', script, 'sh', system, passwd, ...node];
  const { stdout, stderr } = spawnSync('unshare', args, { encoding: 'utf8' });
  const { uid } = statSync(postgresDir());
  const way = statSync(dirname(postgresDir())).mode & 0o777;
  return { said: stdout || stderr, uid, way };
}

(isRootOfAll() ? describe : describe.skip)('PostgreSQL, started by root', () => {
  it.each([
    ['nobody', ['root', 'daemon', 'nobody']],
    ['whoever there is', ['root', 'daemon']],
  ])('runs as %s where there is no usual user, and its files stay root’s', (_, users) => {
    expect(startedBy(users, false)).toEqual({ said: 'STARTED', uid: 0, way: 0o700 });
  });

  othersReach.each([
    ['its own user', ['root', 'nobody', 'postgres'], 4711],
    ['nobody', ['root', 'nobody'], 65534],
  ])('runs as %s where user namespaces are refused, and finds the way to its files', (_, users, uid) => {
    expect(startedBy(users, true)).toEqual({ said: 'STARTED', uid, way: 0o701 });
    expect(statSync(dir).mode & 0o777).toBe(0o701);
    expect(readFileSync(join(postgresDir(), 'password'), 'utf8')).toMatch(/^[0-9a-f]{48}$/);
  });

  it('says in one line that it cannot where there is nobody else', () => {
    for (const refused of [false, true]) {
      expect(startedBy(['root'], refused).said).toMatch(/^PostgreSQL does not run as root, .*: use another user$/);
      rmSync(dirname(postgresDir()), { recursive: true });
    }
  });
});
