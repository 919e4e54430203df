import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname } from 'node:path';

interface User {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** Those that a system has by itself are here, wherever others are kept. */
const USERS = '/etc/passwd';
const USUAL = 1000;

/**
 * What PostgreSQL's `programs` are run by: nothing, or when this is root, as whom they refuse to run, the command that makes somebody else of it.
 * A user namespace that maps root to another needs no chown: outside of it all stays root's, whoever was taken. Where namespaces are refused
 * (Docker's default), `dir` is given to a user of the system, with a way to it. Throws where neither can be.
 */
export function unprivileged(dir: string, programs: readonly string[]): string[] {
  if (process.getuid?.() !== 0) return [];
  const users = existsSync(USERS) ? usersOf(readFileSync(USERS, 'utf8')) : [];
  // Somebody with a name: initdb looks for the one that it is run by.
  const mapped = users.find(({ uid }) => uid === USUAL) ?? named(users, 'nobody') ?? users[0];
  const namespace = mapped && ['unshare', '--user', `--map-user=${mapped.uid}`, `--map-group=${mapped.gid}`, '--'];
  if (namespace && succeeds([...namespace, 'true'])) return namespace;
  const user = named(users, 'postgres') ?? named(users, 'nobody');
  const other = user && ['setpriv', `--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups', '--'];
  if (other && succeeds(['chown', '-R', `${user.uid}:${user.gid}`, dir])) {
    openTheWayTo(dir);
    if (succeeds([...other, 'test', '-w', dir]) && programs.every((each) => succeeds([...other, each, '--version'])))
      return other;
  }
  throw new Error(
    'PostgreSQL does not run as root, and nobody else was found that could run it here: use another user',
  );
}

/** All but root that a file like /etc/passwd lists. */
const usersOf = (text: string): User[] =>
  text
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
    .filter(({ uid, gid }) => uid > 0 && gid >= 0);

const named = (users: readonly User[], name: string): User | undefined => users.find((user) => user.name === name);

function succeeds([command, ...args]: readonly string[]): boolean {
  try {
    execFileSync(command!, args, { stdio: 'ignore', cwd: '/' });
    return true;
  } catch {
    return false;
  }
}

/** Lets others pass through the private folders above, and see nothing of what is in them. The home folder stays as it is. */
function openTheWayTo(dir: string): void {
  for (let above = dirname(dir); above !== dirname(above) && above !== homedir(); above = dirname(above)) {
    const { mode } = statSync(above);
    if ((mode & 0o001) !== 0) return;
    chmodSync(above, (mode & 0o7777) | 0o001);
  }
}
