import { type Deployment, implementationsOf } from '../../../node/src/config/index.js';
import { readRows } from '../../../node/src/indexer/index.js';
import { decodePayload, PROPOSAL_KINDS } from '../../../node/src/members/domain/proposals.js';
import { statusAt } from '../../../node/src/members/domain/proposal-status.js';
import { chainProposals, type ProposalRow } from '../../../node/src/members/storage/chain-proposals.js';
import { type Finding, ok, warning } from '../finding.js';
import type { Patient } from '../patient.js';

const CHECK = 'chain';

/** Whether the deployment file lists what the chambers are about to put behind a registry: from its execution on it must. */
export async function checkUpgrades({ pool, chain, deployment }: Pick<Patient, 'pool' | 'chain' | 'deployment'>) {
  const { rows } = await pool.query<Record<string, unknown>>(
    'SELECT * FROM chain_proposals WHERE kind = $1 AND executed_block IS NULL',
    [PROPOSAL_KINDS.UPGRADE.number],
  );
  const { timestamp } = await chain.head();
  const coming = readRows(chainProposals, rows).filter((row) => statusAt(row, timestamp) !== 'LAPSED');
  const unlisted = coming.flatMap((row) => finding(row, statusAt(row, timestamp), deployment));
  return unlisted.length > 0 ? unlisted : [ok(CHECK, `${coming.length} upgrades are coming, of code that is listed`)];
}

function finding({ payload }: ProposalRow, status: string, { contracts }: Deployment): Finding[] {
  const { proxy, implementation } = decodePayload('UPGRADE', payload) ?? {};
  const [name, contract] = Object.entries(contracts).find(([, { address }]) => address === proxy) ?? [];
  if (!name || !contract || implementationsOf(contract).some((listed) => listed.implementation === implementation))
    return [];
  return [
    warning(
      CHECK,
      `an upgrade of ${name} to ${String(implementation)} is ${status}, and the deployment file does not list it`,
      `compare it with your own build and list it before it is executed: npm run upgrade -- ${name} --implementation ${String(implementation)} (docs/operations.md, Upgrading contracts)`,
    ),
  ];
}
