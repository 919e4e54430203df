import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Wallet } from 'ethers';
import { checked, type MemberCard, memberCard, memberPlan, readCards, validatorCard } from './cards.js';
import { smallChambers } from './chambers.js';
import { filesEnding, requireNew, writePublic, writeSecret } from './files.js';
import { genesisOf, staticNodesOf } from './genesis.js';
import { makeKeystore } from '../lib/keystore.js';
import { makeMember, type MemberPlan } from './member.js';
import { makeValidator } from './validator.js';

/** What lies beside the parties' folders. */
const TAKEN = ['cards', 'chain', 'deployer', 'deployments', 'edge', 'run'];

/**
 * The folder of one founding: what is secret of each party in a folder of its own, what is public in `cards` and `chain`.
 * Whatever is refused is refused before anything is written.
 */
export class Founding {
  constructor(readonly dir: string) {}

  /** A validator's key, its card, and the folder of its chain: Docker would make one that root alone may write. */
  validator(name: string, host: string, port: number): string {
    const { key, card } = makeValidator(name, host, port);
    this.requireUntaken(checked(validatorCard, card));
    const [path, cardPath] = [join(this.dir, name, 'validator', 'key'), this.cardOf(name, 'validator')];
    requireNew(path, cardPath);
    writeSecret(path, key);
    mkdirSync(join(this.dir, name, 'validator', 'data'), { recursive: true, mode: 0o700 });
    writePublic(cardPath, card);
    return cardPath;
  }

  /** A member's secrets, and its card. */
  async member(plan: MemberPlan): Promise<string> {
    this.requireUntaken(checked(memberPlan, plan));
    const cardPath = this.cardOf(plan.name, 'member');
    requireNew(cardPath);
    const { files, card } = await makeMember(plan);
    const secrets = files.map((file) => ({ ...file, path: join(this.dir, plan.name, file.path) }));
    requireNew(...secrets.map(({ path }) => path));
    const shown = checked(memberCard, card);
    for (const { path, text, group } of secrets) writeSecret(path, text, group);
    writePublic(cardPath, shown);
    return cardPath;
  }

  /** The account that deploys, once, and owns nothing afterwards. */
  async deployer(): Promise<string> {
    const folder = join(this.dir, 'deployer');
    const paths = { keystore: join(folder, 'keystore.json'), passphrase: join(folder, 'passphrase') };
    requireNew(paths.keystore, paths.passphrase);
    const { address, privateKey } = Wallet.createRandom();
    const passphrase = randomBytes(24).toString('base64url');
    writeSecret(paths.keystore, await makeKeystore(address, privateKey, passphrase));
    writeSecret(paths.passphrase, passphrase);
    return address;
  }

  /** genesis.json and static-nodes.json from the validators' cards: those given, else all in `cards`. Says what to warn of, too. */
  chain(chainId: number, blockPeriodSeconds: number, given: readonly string[]): { folder: string; warnings: string[] } {
    const paths = given.length > 0 ? given : filesEnding(join(this.dir, 'cards'), '.validator.json');
    const validators = readCards(paths, validatorCard);
    const [genesis, nodes] = [genesisOf({ chainId, validators, blockPeriodSeconds }), staticNodesOf(validators)];
    const [folder, warnings] = [join(this.dir, 'chain'), smallChambers(this.members())];
    writePublic(join(folder, 'genesis.json'), genesis);
    writePublic(join(folder, 'static-nodes.json'), nodes);
    return { folder, warnings };
  }

  /** Members whose cards are in `cards`. */
  private members(): MemberCard[] {
    return readCards(filesEnding(join(this.dir, 'cards'), '.member.json'), memberCard);
  }

  private cardOf(name: string, kind: 'validator' | 'member'): string {
    return join(this.dir, 'cards', `${name}.${kind}.json`);
  }

  private requireUntaken({ name }: { readonly name: string }): void {
    if (TAKEN.includes(name)) throw new Error(`name: ${name} is what another folder here is called`);
  }
}
