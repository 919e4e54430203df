import type { StoredKeys } from '../../node/src/config/index.js';
import { makeMemberKeys } from '../consortium/keys.js';

/** The secrets with a new key for documents; the one that it replaces stays among the former ones. No registry lists either. */
export function replaceDocumentKey(keys: StoredKeys): StoredKeys {
  const former = [...(keys.documentKey ? [keys.documentKey] : []), ...(keys.former?.documentKey ?? [])];
  return { ...keys, documentKey: makeMemberKeys().vault, former: { ...keys.former, documentKey: former } };
}

/** The secrets without former keys for documents. Throws when there are none. */
export function forgetDocumentKeys(keys: StoredKeys): StoredKeys {
  const { documentKey: dropped, ...former } = keys.former ?? {};
  if (!dropped?.length) throw new Error('there is no former key for documents');
  return { ...keys, former };
}
