import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunningConsortium } from '../../../support/running-consortium.js';
import { sql } from '../sql.js';

/** Logs of all processes and all that the queues hold, by where it is. */
export async function textsOf(consortium: RunningConsortium): Promise<Map<string, string>> {
  const texts = new Map([['what the supervisor prints', consortium.output]]);
  for (const name of readdirSync(consortium.dir, { recursive: true, encoding: 'utf8' }))
    if (name.endsWith('.log')) texts.set(name, readFileSync(join(consortium.dir, name), 'utf8'));
  for (const { name } of consortium.file.members) texts.set(`queues of ${name}`, await queuesOf(consortium, name));
  return texts;
}

async function queuesOf(consortium: RunningConsortium, member: string): Promise<string> {
  const tables = await sql<{ table: string }>(
    consortium,
    member,
    `SELECT tablename AS table FROM pg_tables WHERE schemaname = 'bullmq'`,
  );
  const rows = await Promise.all(
    tables.map(({ table }) =>
      sql<{ row: string }>(consortium, member, `SELECT t::text AS row FROM bullmq."${table}" t`),
    ),
  );
  return rows
    .flat()
    .map(({ row }) => row)
    .join('\n');
}

/** Which values stand in which text, one line a finding. */
export function findValues(texts: ReadonlyMap<string, string>, values: readonly string[]): string[] {
  const findings: string[] = [];
  for (const [where, text] of texts)
    for (const value of values) if (standsIn(text, value)) findings.push(`${value}: ${where}`);
  return findings;
}

/** An amount counts only as a number of its own: 50.00 is also within a duration of 150.004 ms. */
function standsIn(text: string, value: string): boolean {
  if (!/^\d+\.\d+$/.test(value)) return text.includes(value);
  return new RegExp(`(?<![\\d.])${value.replace('.', '\\.')}(?!\\d)`).test(text);
}
