import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunningConsortium } from '../../../support/running-consortium.js';

interface Recorded {
  readonly url: string;
  readonly body: string;
}

/** Where problems are recorded that the nodes of a consortium answer with. */
export const problemsFile = (consortium: RunningConsortium): string => join(consortium.dir, 'problems.jsonl');

/** Bodies of all recorded problems, by member and place of what was asked. */
export function problemsOf(consortium: RunningConsortium): Map<string, string> {
  const path = problemsFile(consortium);
  const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(Boolean) : [];
  const names = new Map(consortium.file.members.map(({ url, name }) => [new URL(url).host, name]));
  return new Map(
    lines.map((line, i) => {
      const { url, body } = JSON.parse(line) as Recorded;
      const { host, pathname } = new URL(url);
      return [`problem ${i} of ${names.get(host) ?? host}, ${pathname}`, body];
    }),
  );
}
