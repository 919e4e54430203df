import type { StoredKeys } from '../../node/src/config/index.js';
import { makeMemberKeys } from '../consortium/keys.js';

/** What can be replaced alone, as the command names it, and its field in the key file. */
export const ROTATED = {
  operator: 'operator',
  signing: 'messageSigning',
  encryption: 'messageEncryption',
  tag: 'tag',
} as const;
export type Rotated = keyof typeof ROTATED;

/** Throws unless `text` names a key that can be replaced alone. */
export function parseRotated(text: string | undefined): Rotated {
  if (text !== undefined && Object.hasOwn(ROTATED, text)) return text as Rotated;
  throw new Error(`say which key: ${Object.keys(ROTATED).join(', ')}`);
}

/** The secrets with a new key laid beside the present one, for the registry to list before it is used. */
export function prepare(keys: StoredKeys, kind: Rotated): StoredKeys {
  const field = ROTATED[kind];
  if (keys.next?.[field])
    throw new Error(`a next ${kind} key is there already: switch to it, or drop it with 'discard ${kind}'`);
  if (!keys[field]) throw new Error(`the key file holds no ${kind} key: it is rotated where it lies`);
  return { ...keys, next: { ...keys.next, [field]: makeMemberKeys()[field] } };
}

/** The secrets with the next key in the place of the present one, which is kept as long as something may need it. */
export function switchTo(keys: StoredKeys, kind: Rotated): StoredKeys {
  const field = ROTATED[kind];
  const [present, { [field]: next, ...others } = {}] = [keys[field], keys.next];
  if (!next || !present) throw new Error(`there is no next ${kind} key: 'next ${kind}' makes one`);
  // Nobody needs a former signing key: what it signed carries its signature.
  const kept = field === 'messageSigning' ? [] : [present];
  const former =
    kept.length > 0 ? { ...keys.former, [field]: [...kept, ...(keys.former?.[field as 'tag'] ?? [])] } : {};
  const rest = Object.keys(others).length > 0 ? others : undefined;
  return { ...keys, [field]: next, former: { ...keys.former, ...former }, next: rest };
}

/** The secrets without the next key of a kind; for one that the registry does not list. */
export function discard(keys: StoredKeys, kind: Rotated): StoredKeys {
  const { [ROTATED[kind]]: dropped, ...others } = keys.next ?? {};
  if (!dropped) throw new Error(`there is no next ${kind} key`);
  return { ...keys, next: Object.keys(others).length > 0 ? others : undefined };
}
