import { Wallet } from 'ethers';
import type { Deployment, MemberKeys } from '../../node/src/config/index.js';
import { makeMemberKeys, publicKeysOf } from '../../scripts/consortium/keys.js';
import { MEMBERS, type MemberPlan } from '../../scripts/consortium/members.js';
import { deploy } from '../../scripts/deploy/deploy.js';

export interface TestConsortium {
  readonly deployment: Deployment;
  /** In the order of admission: `number` is the member id on chain. */
  readonly members: readonly (MemberPlan & {
    readonly number: number;
    readonly keys: MemberKeys;
    readonly endpoint: string;
  })[];
}

/**
 * Deploys the registries on a chain with free gas and admits the members of the embedded consortium at genesis, with
 * fresh keys, and `more` after them. `endpoints` names where their nodes listen; by default a port that nobody serves.
 */
export async function deployTo(
  rpcUrl: string,
  endpoints: Record<string, string> = {},
  more: readonly MemberPlan[] = [],
): Promise<TestConsortium> {
  const members = [...MEMBERS, ...more].map((plan, i) => ({
    ...plan,
    number: i + 1,
    keys: makeMemberKeys(),
    endpoint: endpoints[plan.name] ?? 'http://127.0.0.1:9',
  }));
  const genesis = members.map(({ keys, ...member }) => ({ ...member, ...publicKeysOf(keys) }));
  const deployer = Wallet.createRandom().privateKey;
  const deployment = await deploy({ rpcUrl, deployer, members: genesis, upgradeDelay: 0, votingPeriod: 86_400 });
  return { deployment, members };
}
