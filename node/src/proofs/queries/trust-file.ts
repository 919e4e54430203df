import { readFileSync } from 'node:fs';
import { parseJson } from '../verify/canonical-json.js';
import { firstIssue } from '../verify/first-issue.js';
import { type TrustFile, trustSchema } from '../verify/trust/schema.js';

const MAX_BYTES = 4 * 1024 * 1024;

/** The trust file at a path. Throws with the path and the faulty field. */
export function readTrustFile(path: string): TrustFile {
  const result = trustSchema.safeParse(parseJson(readFileSync(path), MAX_BYTES, false));
  if (!result.success) throw new Error(`${path} is no trust file: it is unusable at ${firstIssue(result.error)}`);
  return result.data;
}
