import { failure, type Finding, ok, warning } from '../finding.js';
import type { Patient } from '../patient.js';

const CHECK = 'clock';

/** This host's clock beside the database's and the chain's. Deadlines go by block time; tokens and envelopes by this one. */
export async function checkClock({ pool, chain }: Patient): Promise<Finding[]> {
  const asked = Date.now();
  const { rows } = await pool.query<{ ms: number }>(
    'SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS ms',
  );
  const took = Date.now() - asked;
  const database = Math.abs(rows[0]!.ms - (asked + took / 2)) / 1000;
  const ahead = (await chain.head()).timestamp - Date.now() / 1000;
  return [
    difference('the database', database - took / 2000),
    ...(ahead > 1 ? [difference('the last block', ahead)] : []),
  ];
}

function difference(what: string, seconds: number): Finding {
  const fact = `this host’s clock and ${what} differ by ${Math.max(0, seconds).toFixed(1)} s`;
  if (seconds <= 5) return ok(CHECK, fact);
  const advice = 'set the clock by NTP: beyond five minutes envelopes are refused, and tokens look expired';
  return seconds > 60 ? failure(CHECK, fact, advice) : warning(CHECK, fact, advice);
}
