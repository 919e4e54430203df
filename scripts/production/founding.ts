import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Wallet } from 'ethers';
import { type MemberCard, memberCard, readCards, validatorCard } from './cards.js';
import { filesEnding, writePublic, writeSecret } from './files.js';
import { genesisOf, staticNodesOf } from './genesis.js';
import { makeKeystore } from '../lib/keystore.js';
import { makeMember, type MemberPlan } from './member.js';
import { makeValidator } from './validator.js';

/** The folder of one founding: what is secret of each party in a folder of its own, what is public in `cards` and `chain`. */
export class Founding {
  constructor(readonly dir: string) {}

  /** A validator's key, and its card. */
  validator(name: string, host: string, port: number): string {
    const { key, card } = makeValidator(name, host, port);
    writeSecret(join(this.dir, name, 'validator', 'key'), key);
    return this.card(`${name}.validator.json`, card);
  }

  /** A member's secrets, and its card. */
  async member(plan: MemberPlan): Promise<string> {
    const { files, card } = await makeMember(plan);
    for (const { path, text, group } of files) writeSecret(join(this.dir, plan.name, path), text, group);
    return this.card(`${plan.name}.member.json`, memberCard.parse(card));
  }

  /** The account that deploys, once, and owns nothing afterwards. */
  async deployer(): Promise<string> {
    const { address, privateKey } = Wallet.createRandom();
    const passphrase = randomBytes(24).toString('base64url');
    writeSecret(join(this.dir, 'deployer', 'keystore.json'), await makeKeystore(address, privateKey, passphrase));
    writeSecret(join(this.dir, 'deployer', 'passphrase'), passphrase);
    return address;
  }

  /** genesis.json and static-nodes.json from the validators' cards: those given, else all in `cards`. */
  chain(chainId: number, blockPeriodSeconds: number, given: readonly string[]): string {
    const paths = given.length > 0 ? given : filesEnding(join(this.dir, 'cards'), '.validator.json');
    const validators = readCards(paths, validatorCard);
    writePublic(join(this.dir, 'chain', 'genesis.json'), genesisOf({ chainId, validators, blockPeriodSeconds }));
    writePublic(join(this.dir, 'chain', 'static-nodes.json'), staticNodesOf(validators));
    return join(this.dir, 'chain');
  }

  /** Members whose cards are in `cards`. */
  members(): MemberCard[] {
    return readCards(filesEnding(join(this.dir, 'cards'), '.member.json'), memberCard);
  }

  private card(file: string, card: unknown): string {
    const path = join(this.dir, 'cards', file);
    writePublic(path, card);
    return path;
  }
}
