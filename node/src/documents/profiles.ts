import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { defineProblem } from '../kernel/problem.js';
import { FORMER_PROFILES, type Profile, PROFILES } from './commitment/profiles.js';

const purposeUnknown = defineProblem({
  code: 'PURPOSE_UNKNOWN',
  status: 422,
  title: 'This node knows no such profile of a purpose',
});

const profileFile = z.array(
  z.strictObject({
    purpose: z
      .string()
      .max(64)
      .regex(/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/),
    version: z.int().positive(),
    patterns: z
      .array(
        z
          .string()
          .max(300)
          .regex(/^(?:\/(?:[^~/]|~[01])*)*$/),
      )
      .min(1),
    roles: z.array(z.string().max(32)).optional(),
  }),
);

/**
 * What each purpose of a grant may see: the profiles built in, and those of the member's own file. Owners and grantee each
 * ask their own node, so a profile counts only between members that agreed on it.
 */
export class Profiles {
  private readonly profiles: readonly Profile[];

  /** Throws for a profile that is there already: what a version allows never changes. */
  constructor(added: readonly Profile[] = []) {
    const all = [...Object.values<Profile>(PROFILES), ...FORMER_PROFILES, ...added];
    const names = all.map(({ purpose, version }) => `${purpose} ${version}`);
    const twice = names.find((name, i) => names.indexOf(name) !== i);
    if (twice) throw new Error(`the profile ${twice} is defined twice`);
    this.profiles = all;
  }

  /** Reads the member's file: a JSON array of profiles. Throws naming it and the faulty places. */
  static fromFile(path: string | undefined): Profiles {
    if (path === undefined) return new Profiles();
    const result = profileFile.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    if (result.success) return new Profiles(result.data);
    throw new Error(`${path} is unusable at ${result.error.issues.map((issue) => issue.path.join('.')).join(', ')}`);
  }

  /** All of them, each purpose's newest version last. */
  all(): readonly Profile[] {
    return [...this.profiles].sort((a, b) =>
      a.purpose === b.purpose ? a.version - b.version : a.purpose < b.purpose ? -1 : 1,
    );
  }

  /** Of a purpose the version given, or the newest. Throws PURPOSE_UNKNOWN. */
  require(purpose: string, version?: number): Profile {
    const found = this.all().findLast((each) => each.purpose === purpose && (version ?? each.version) === each.version);
    if (found) return found;
    throw purposeUnknown(`no profile ${purpose}${version === undefined ? '' : ` of version ${version}`}`, {
      purpose,
      known: [...new Set(this.profiles.map((each) => each.purpose))],
    });
  }
}
