import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Wallet } from 'ethers';
import type { Deployment } from '../../node/src/config/index.js';
import { CHAMBERS, maskOf } from '../../node/src/members/domain/roles.js';
import { trustFile } from '../consortium/trust.js';
import { rpc } from '../embedded/rpc.js';
import { memberCard, readCards, validatorCard } from '../production/cards.js';
import { smallChambers } from '../production/chambers.js';
import { filesEnding, writePublic } from '../production/files.js';
import { deploy } from './deploy.js';

export interface FoundingDeployment {
  readonly rpcUrl: string;
  /** Folder of the founding: `cards`, and `deployer` with keystore.json and passphrase. */
  readonly dir: string;
  /** Where the deployment file and the trust file go. */
  readonly out: string;
  /** Paths of the members' cards; all in `dir/cards` when there are none. */
  readonly cards: readonly string[];
  readonly upgradeDelay: number;
  readonly votingPeriod: number;
}

/**
 * Deploys the registries with the members whose cards are there, and writes <chain id>.json and <chain id>.trust.json.
 * Cut short before the files are written, it can be run again: it begins anew, and what it left on chain nobody follows.
 */
export async function deployFounding(founding: FoundingDeployment, say: (text: string) => void): Promise<string> {
  const { rpcUrl, dir, out, upgradeDelay, votingPeriod } = founding;
  const path = join(out, `${Number(await rpc<string>(rpcUrl, 'eth_chainId'))}.json`);
  await requireNew(path, rpcUrl);
  const paths = founding.cards.length > 0 ? founding.cards : filesEnding(join(dir, 'cards'), '.member.json');
  const cards = readCards(paths, memberCard);
  for (const chamber of CHAMBERS.slice(1))
    if (!cards.some((card) => card.chamber === chamber)) throw new Error(`the chamber ${chamber} has no member`);
  for (const warning of smallChambers(cards)) say(warning);
  const deployer = await readDeployer(join(dir, 'deployer'));
  say(`deploying for ${cards.map(({ name }) => name).join(', ')} ...`);
  const members = cards.map((card) => ({
    ...card,
    roles: maskOf(card.roles),
    chamber: CHAMBERS.indexOf(card.chamber),
  }));
  const deployment = await deploy({ rpcUrl, deployer, members, upgradeDelay, votingPeriod });
  const validators = readCards(filesEnding(join(dir, 'cards'), '.validator.json'), validatorCard);
  const owners = new Map(validators.map(({ address, name }) => [address.toLowerCase(), name]));
  writePublic(path.replace(/json$/, 'trust.json'), await trustFile(rpcUrl, deployment, (each) => owners.get(each)));
  // Last: nodes start by it, and a run that was cut short before must not look like one that was not.
  writePublic(path, deployment);
  return path;
}

/** A second deployment would be a second consortium: refused, whether this chain has the first or not. */
async function requireNew(path: string, rpcUrl: string): Promise<void> {
  if (!existsSync(path)) return;
  const { contracts } = JSON.parse(readFileSync(path, 'utf8')) as Deployment;
  const code = await rpc<string>(rpcUrl, 'eth_getCode', [contracts.MemberRegistry.address, 'latest']);
  const fate = code === '0x' ? 'which this chain does not have: is it another chain?' : 'which this chain has';
  throw new Error(`${path} names a deployment, ${fate}`);
}

async function readDeployer(dir: string): Promise<string> {
  const [keystore, passphrase] = ['keystore.json', 'passphrase'].map((file) => readFileSync(join(dir, file), 'utf8'));
  return (await Wallet.fromEncryptedJson(keystore!, passphrase!.trim())).privateKey;
}
