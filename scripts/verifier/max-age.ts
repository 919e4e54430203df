import { DEFAULT_MAX_AGE_SECONDS } from '../../node/src/proofs/verify/bundle/verify-bundle.js';

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** Seconds of `90s`, `30m`, `1h` or `7d`; null for `none`; one hour when not given. Undefined for anything else. */
export function parseMaxAge(text: string | undefined): number | null | undefined {
  if (text === undefined) return DEFAULT_MAX_AGE_SECONDS;
  if (text === 'none') return null;
  const [match, count, unit] = /^([1-9]\d{0,8})([smhd])$/.exec(text) ?? [];
  return match === undefined ? undefined : Number(count) * UNITS[unit!]!;
}
