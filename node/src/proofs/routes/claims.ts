import { requestInvalid } from '../../errors/index.js';
import { bodyText } from '../../http/index.js';
import { type Hex, isHex } from '../../kernel/hex.js';
import type { Claim } from '../queries/portfolio-findings.js';

/** Most claims of one request. */
export const MOST_CLAIMS = 20_000;

const MEMBERS = ['id', 'commitment', 'coverVersion'];

/**
 * The claims of a request, one a line: an id as a JSON string, or {id, commitment?, coverVersion?}. Checked by hand, since a
 * request has tens of thousands. Throws REQUEST_INVALID with the fact `item` (from 0), REQUEST_MALFORMED for no UTF-8.
 */
export function readClaims(body: Buffer | undefined): Claim[] {
  const lines = bodyText(body)
    .split('\n')
    .filter((line) => line.trim() !== '');
  if (lines.length === 0) throw requestInvalid('no claim is in the body');
  if (lines.length > MOST_CLAIMS)
    throw requestInvalid(`${lines.length} claims, ${MOST_CLAIMS} are taken at once`, { most: MOST_CLAIMS });
  return lines.map((line, item) => {
    const claim = readClaim(line);
    if (claim) return claim;
    throw requestInvalid(
      `line ${item} is neither an id nor {id, commitment?, coverVersion?}, in lower-case hex of 32 bytes`,
      { item },
    );
  });
}

function readClaim(line: string): Claim | undefined {
  const bare = line.slice(1, -1);
  if (isHex(bare, 32) && line === `"${bare}"`) return { id: bare };
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (isHex(value, 32)) return { id: value };
  if (typeof value !== 'object' || value === null || Object.keys(value).some((key) => !MEMBERS.includes(key)))
    return undefined;
  const { id, commitment, coverVersion } = value as Readonly<Record<string, unknown>>;
  if (!isHex(id, 32) || !isOptional(commitment, isHash) || !isOptional(coverVersion, isCount)) return undefined;
  return { id, commitment, coverVersion };
}

const isHash = (value: unknown): value is Hex => isHex(value, 32);
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

function isOptional<T>(value: unknown, is: (value: unknown) => value is T): value is T | undefined {
  return value === undefined || is(value);
}
