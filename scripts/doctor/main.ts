import { parseArgs } from 'node:util';
import { Logger } from '@nestjs/common';
import { examine } from './examine.js';
import { lineOf } from './finding.js';

const USAGE = `tradeproof doctor [--json]

  Examines the node whose settings (TRADEPROOF_*) are in the environment: settings, database, chain, keys, clock, index, work,
  tls, endpoint, peers. It need not run. Changes nothing. Exit code: 0 nothing has failed, 1 something has, 2 it was called wrongly.
`;

async function main(): Promise<number> {
  let json: boolean;
  try {
    ({ json } = parseArgs({ options: { json: { type: 'boolean', default: false } } }).values);
  } catch {
    process.stderr.write(USAGE);
    return 2;
  }
  // What the node's parts would log is in the findings.
  Logger.overrideLogger(false);
  const diagnosis = await examine();
  if (json) process.stdout.write(`${JSON.stringify(diagnosis, null, 2)}\n`);
  else process.stdout.write(`${diagnosis.findings.map(lineOf).join('\n')}\n`);
  return diagnosis.healthy ? 0 : 1;
}

process.exit(await main());
