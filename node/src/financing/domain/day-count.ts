import { Rational } from '../../kernel/rational.js';

/** How days become parts of a year. 30/360 is the European form (both 31sts count as the 30th). */
export const DAY_COUNTS = ['ACT/360', 'ACT/365', '30/360'] as const;
export type DayCount = (typeof DAY_COUNTS)[number];

const DAY_MS = 86_400_000;

/** Days since 1970 of an ISO date. Throws RangeError when there is no such day. */
function dayNumber(date: string): number {
  const ms = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== date) throw new RangeError(`no day "${date}"`);
  return ms / DAY_MS;
}

function days360(from: string, to: string): number {
  const [[y1, m1, d1], [y2, m2, d2]] = [from, to].map((date) => date.split('-').map(Number)) as [number[], number[]];
  return 360 * (y2! - y1!) + 30 * (m2! - m1!) + Math.min(d2!, 30) - Math.min(d1!, 30);
}

/** The part of a year from one ISO date to another, exactly; 0 when `to` is not later. Throws RangeError for no date. */
export function yearFraction(from: string, to: string, dayCount: DayCount): Rational {
  const actual = dayNumber(to) - dayNumber(from);
  if (actual <= 0) return Rational.ZERO;
  if (dayCount === '30/360') return Rational.of(Math.max(0, days360(from, to)), 360);
  return Rational.of(actual, dayCount === 'ACT/360' ? 360 : 365);
}
