import { MAX_PATH } from '../../documents/index.js';
import type { LetterPart } from '../../exchange/index.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';
import { keccak256 } from '../../kernel/keccak.js';
import { inPortions, jsonBytes } from '../../kernel/portions.js';
import { type LooksBody, MOST_LOOKS } from './envelopes.js';

type Look = LooksBody['looks'][number];

/** Looks of one letter: far below what any node takes, so that no setting of a counterparty keeps it out. */
const LETTER = { bytes: 256 * 1024, items: MOST_LOOKS };
/** Bytes of one look without its fields, at most. */
const REST_BYTES = 2048;

/**
 * Letters that tell of all these looks, in their order. One at more fields than a letter holds is told as several at the same moment, each at
 * some of them.
 */
export function lettersOf(looks: readonly Look[]): LooksBody[] {
  return inPortions(looks.flatMap(inParts), jsonBytes, LETTER).map((looks) => ({ looks }));
}

/**
 * What a letter of looks is about: the grant that they were under. Of looks under several a name that no part of them has, since a letter
 * waits for earlier ones about the same: a part may wait for days, a whole is always answered.
 */
export function objectOf(body: LooksBody): Hex {
  const grants = byGrant(body).map(({ object }) => object);
  return grants.length === 1 ? grants[0]! : toHex(keccak256(Buffer.concat(grants.map(toBytes))));
}

/** What it tells of each grant, in letters of their own. */
export function byGrant({ looks }: LooksBody): LetterPart<LooksBody>[] {
  const grants = Map.groupBy(looks, ({ grant }) => grant);
  return [...grants].map(([object, looks]) => ({ object, body: { looks } }));
}

function inParts(look: Look): Look[] {
  const parts = inPortions(look.fields.map(shortened), jsonBytes, { bytes: LETTER.bytes - REST_BYTES });
  return parts.length === 0 ? [look] : parts.map((fields) => ({ ...look, fields }));
}

/** Only who committed to a document by other software can have made it: its beginning tells an owner enough. */
function shortened(path: string): string {
  return path.length <= MAX_PATH ? path : path.slice(0, MAX_PATH).toWellFormed();
}
