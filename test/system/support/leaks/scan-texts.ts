import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunningConsortium } from '../../../support/running-consortium.js';
import { sql } from '../sql.js';
import { tracesOf } from './secrets.js';

/** Texts by where they stand. */
export type Texts = ReadonlyMap<string, string>;

/** Logs of all processes, all that the queues hold, and what each node measures. */
export async function textsOf(consortium: RunningConsortium): Promise<Map<string, string>> {
  const texts = new Map([['what the supervisor prints', consortium.output]]);
  for (const name of readdirSync(consortium.dir, { recursive: true, encoding: 'utf8' }))
    if (name.endsWith('.log')) texts.set(name, readFileSync(join(consortium.dir, name), 'utf8'));
  for (const { name, url } of consortium.file.members) {
    texts.set(`queues of ${name}`, await queuesOf(consortium, name));
    texts.set(`metrics of ${name}`, await (await fetch(`${url}/metrics`)).text());
  }
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

/** Which values stand in which text, in the clear, as hex, or as an unsalted hash; one line a finding. */
export function findValues(texts: Texts, values: readonly string[]): string[] {
  const wanted = values.map((value) => ({ value, forms: formsOf(value) }));
  const findings: string[] = [];
  for (const [where, text] of texts) {
    const lower = text.toLowerCase();
    for (const { value, forms } of wanted) {
      if (standsIn(text, value)) findings.push(`${value}: ${where}`);
      for (const { what, hex } of forms) if (lower.includes(hex)) findings.push(`${what}: ${where}`);
    }
  }
  return findings;
}

/** Numbers as words are looked for on chain alone: texts have no words. */
const formsOf = (value: string) => tracesOf(value).filter(({ word }) => !word);

/** An amount counts only as a number of its own: 50.00 is also within a duration of 150.004 ms. */
function standsIn(text: string, value: string): boolean {
  if (!/^\d+(\.\d+)?$/.test(value)) return text.includes(value);
  return new RegExp(`(?<![\\d.])${value.replace('.', '\\.')}(?!\\d)`).test(text);
}
