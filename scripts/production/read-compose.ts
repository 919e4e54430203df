import { readFileSync } from 'node:fs';
import { CORE_SCHEMA, load, mergeTag } from 'js-yaml';
import type { Compose } from './compose-rules.js';

/** A compose file with its merge keys (`<<`) resolved, as Docker resolves them. */
export function readCompose(path: string): Compose {
  return load(readFileSync(path, 'utf8'), { schema: CORE_SCHEMA.withTags(mergeTag), filename: path }) as Compose;
}
