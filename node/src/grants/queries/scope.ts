import { type Field } from '../../kernel/disclosure.js';
import { isCommon, type Profile, select } from '../../documents/index.js';

/** Which of a document's fields a grant selects, and which of those its profile does not allow. */
export interface Scope {
  readonly allowed: readonly string[];
  readonly beyond: readonly string[];
}

export function scopeOf(fields: readonly Field[], patterns: readonly string[], profile: Profile): Scope {
  const granted = select(fields, patterns).paths.filter((path) => !isCommon(path));
  const within = new Set(select(fields, profile).paths);
  return {
    allowed: granted.filter((path) => within.has(path)),
    beyond: granted.filter((path) => !within.has(path)),
  };
}
