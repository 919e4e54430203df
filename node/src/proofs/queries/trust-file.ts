import { readFileSync } from 'node:fs';
import type { TrustFile } from '../verify/trust/schema.js';
import { parseTrust } from '../verify/trust/trust.js';
import { Unusable } from '../verify/unusable.js';

/** The trust file at a path. Throws with the path and the faulty field. */
export function readTrustFile(path: string): TrustFile {
  const bytes = readFileSync(path);
  try {
    return parseTrust(bytes);
  } catch (error) {
    if (!(error instanceof Unusable)) throw error;
    throw new Error(`${path} is no trust file: ${error.message}`, { cause: error });
  }
}
