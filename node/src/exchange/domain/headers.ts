import { decodeProtectedHeader } from 'jose';
import type { Hex } from '../../kernel/hex.js';

/**
 * The key id of a compact JWS or JWE whose protected header holds exactly what is expected, a key id, and at most the
 * members named in `also`. Anything else (`jku`, `jwk`, `crit`, `zip`, another algorithm) is undefined.
 */
export function keyIdOf(
  token: string,
  expected: Readonly<Record<string, string>>,
  also: string[] = [],
): Hex | undefined {
  let header: Record<string, unknown>;
  try {
    header = decodeProtectedHeader(token) as Record<string, unknown>;
  } catch {
    return undefined;
  }
  const { kid } = header;
  const names = Object.keys(header);
  const known = names.every((name) => name === 'kid' || name in expected || also.includes(name));
  const right = Object.entries(expected).every(([name, value]) => header[name] === value);
  return known && right && typeof kid === 'string' && /^0x[0-9a-f]{64}$/.test(kid) ? (kid as Hex) : undefined;
}
