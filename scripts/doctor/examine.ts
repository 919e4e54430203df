import { Config } from '../../node/src/config/index.js';
import { checkCertificates } from './checks/certificates.js';
import { checkChain } from './checks/chain.js';
import { checkClock } from './checks/clock.js';
import { checkDatabase } from './checks/database.js';
import { checkEndpoint } from './checks/endpoint.js';
import { checkIndex } from './checks/index-state.js';
import { checkKeys } from './checks/keys.js';
import { checkNodeKeys } from './checks/node-keys.js';
import { checkOwnOrders } from './checks/own-orders.js';
import { checkPeers } from './checks/peers.js';
import { checkUpgrades } from './checks/upgrades.js';
import { checkWork } from './checks/work.js';
import { failure, type Finding, ok, wordsOf } from './finding.js';
import { admit, type Patient } from './patient.js';

export interface Diagnosis {
  readonly member: string | null;
  readonly at: string;
  /** Whether nothing has failed; there may be warnings. */
  readonly healthy: boolean;
  readonly findings: readonly Finding[];
}

const CHECKS: readonly [name: string, check: (patient: Patient) => Promise<Finding[]>, advice: string][] = [
  ['database', checkDatabase, 'start PostgreSQL, or correct TRADEPROOF_DATABASE_URL'],
  ['chain', checkChain, 'see what its log says'],
  ['chain', checkUpgrades, 'see database and chain above'],
  ['keys', checkKeys, 'the message says which file or which endpoint; see chain above'],
  ['keys', checkNodeKeys, 'the message says which file or program; see database above'],
  ['clock', checkClock, 'see database and chain above'],
  ['index', checkIndex, 'see database and chain above'],
  ['database', checkOwnOrders, 'see database above'],
  ['work', checkWork, 'see database above'],
  ['tls', checkCertificates, 'the message says which file; docs/configuration.md'],
  ['endpoint', checkEndpoint, 'see database above'],
  ['peers', checkPeers, 'see database above'],
];

/** Looks at everything that a node needs, by its settings. One thing that fails does not keep the others from being looked at. */
export async function examine(settings: () => Config = () => Config.fromEnvironment()): Promise<Diagnosis> {
  const findings: Finding[] = [];
  let patient: Patient | undefined;
  let member: string | null = null;
  try {
    const config = settings();
    member = config.member;
    patient = admit(config);
    findings.push(ok('settings', `settings of ${config.member} and the deployment file are as they must be`));
  } catch (error) {
    const [, ...lines] = (error as Error).message.split('\n');
    const fact = [wordsOf(error), ...lines.map((line) => line.trim())].join('; ');
    findings.push(failure('settings', fact, 'correct it: docs/configuration.md; the node does not start like this'));
  }
  if (patient) {
    for (const [name, check, advice] of CHECKS) findings.push(...(await attempt(name, check, advice, patient)));
    await patient.pool.end();
  }
  const healthy = findings.every(({ verdict }) => verdict !== 'failure');
  return { member, at: new Date().toISOString(), healthy, findings };
}

async function attempt(
  name: string,
  check: (patient: Patient) => Promise<Finding[]>,
  advice: string,
  patient: Patient,
) {
  try {
    return await check(patient);
  } catch (error) {
    return [failure(name, `it cannot be examined: ${wordsOf(error)}`, advice)];
  }
}
