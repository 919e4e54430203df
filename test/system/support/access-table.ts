import { readFileSync } from 'node:fs';
import { DESK_ROLES, type DeskRole } from '../../../node/src/auth/index.js';

export interface Route {
  readonly method: string;
  /** With `:name` for what stands for itself in a call. */
  readonly path: string;
  readonly roles: readonly DeskRole[];
  readonly open: boolean;
}

/** The table of access as people read it: what is committed, not what the code says. */
export function tableOfAccess(): Route[] {
  const rows = readFileSync('docs/access.md', 'utf8').matchAll(/^\| `(\w+) (\S+)` *\|(.*)\|$/gm);
  return [...rows].map(([, method = '', path = '', marks = '']) => {
    const cells = marks.split('|').map((cell) => cell.trim());
    return { method, path, open: cells[0] === 'open', roles: DESK_ROLES.filter((_, i) => cells[i] === 'yes') };
  });
}
