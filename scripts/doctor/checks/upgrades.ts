import { type Deployment, implementationsOf } from '../../../node/src/config/index.js';
import { readRows } from '../../../node/src/indexer/index.js';
import { decodePayload, PROPOSAL_KINDS } from '../../../node/src/members/domain/proposals.js';
import { statusAt } from '../../../node/src/members/domain/proposal-status.js';
import { chainProposals, type ProposalRow } from '../../../node/src/members/storage/chain-proposals.js';
import { type Finding, ok, warning } from '../finding.js';
import type { Patient } from '../patient.js';

const CHECK = 'chain';

/**
 * Whether the deployment file lists what the chambers are about to put behind a registry: from its execution on it must. And
 * what an upgrade does beside: comparing its code says nothing of that.
 */
export async function checkUpgrades({ pool, chain, deployment }: Pick<Patient, 'pool' | 'chain' | 'deployment'>) {
  const { rows } = await pool.query<Record<string, unknown>>(
    'SELECT * FROM chain_proposals WHERE kind = $1 AND executed_block IS NULL',
    [PROPOSAL_KINDS.UPGRADE.number],
  );
  const { timestamp } = await chain.head();
  const coming = readRows(chainProposals, rows).filter((row) => statusAt(row, timestamp) !== 'LAPSED');
  const found = coming.flatMap((row) => findings(row, statusAt(row, timestamp), deployment));
  return found.length > 0 ? found : [ok(CHECK, `${coming.length} upgrades are coming, of code that is listed`)];
}

function findings({ proposal, payload }: ProposalRow, status: string, { contracts }: Deployment): Finding[] {
  const what = decodePayload('UPGRADE', payload);
  if (!what)
    return [
      warning(
        CHECK,
        `an upgrade is ${status} whose payload is not encoded as any node does it`,
        `vote against it: what it does cannot be shown (GET /v1/proposals/${proposal})`,
      ),
    ];
  const { proxy, implementation, migration } = what;
  const [name, contract] = Object.entries(contracts).find(([, { address }]) => address === proxy) ?? [];
  if (!name || !contract) return [];
  const upgrade = `an upgrade of ${name} to ${String(implementation)} is ${status}`;
  const found: Finding[] = [];
  if (!implementationsOf(contract).some((listed) => listed.implementation === implementation))
    found.push(
      warning(
        CHECK,
        `${upgrade}, and the deployment file does not list it`,
        `compare it with your own build and list it before it is executed: npm run upgrade -- ${name} --implementation ${String(implementation)} (docs/operations.md, Upgrading contracts)`,
      ),
    );
  if (migration !== '0x')
    found.push(
      warning(
        CHECK,
        `${upgrade}, with a migration: ${String(migration)}`,
        'vote for it only if the release names that very migration (docs/operations.md, Upgrading contracts)',
      ),
    );
  return found;
}
