import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { gas } from './gas.js';
import { indexing } from './indexing.js';
import { posting } from './posting.js';
import { proofs } from './proofs.js';
import { reads } from './reads.js';
import type { Measurement, Result } from './result.js';

const MEASUREMENTS: readonly Measurement[] = [gas, indexing, posting, proofs, reads];

const number = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en') : value.toLocaleString('en', { maximumFractionDigits: 2 });

function line(result: Result): string {
  const peer =
    result.peer === undefined ? '' : `${number(result.ratio!)} x ${result.peer} (${number(result.peerValue!)})`;
  const floor = result.floor === undefined ? '' : `floor ${number(result.floor)}`;
  const value = `${number(result.value)} ${result.unit}`;
  return `${result.name.padEnd(18)} ${value.padEnd(22)} ${peer.padEnd(44)} ${floor.padEnd(14)} ${result.note ?? ''}`.trimEnd();
}

/** `npm run bench [-- --only NAME] [--json FILE]`: each figure beside its peer, measured in the same run. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { json: { type: 'string' }, only: { type: 'string', multiple: true } } });
  const wanted = ({ names }: Measurement) =>
    !values.only || names.some((name) => values.only!.some((part) => name.startsWith(part)));
  const results: Result[] = [];
  for (const measurement of MEASUREMENTS.filter(wanted)) {
    const say = (text: string) => process.stderr.write(`bench: ${measurement.names[0]}: ${text}\n`);
    for (const result of await measurement.run(say)) {
      results.push(result);
      process.stdout.write(`${line(result)}\n`);
    }
  }
  if (values.json) writeFileSync(values.json, `${JSON.stringify(results, null, 2)}\n`);
}

await main();
process.exit(0);
