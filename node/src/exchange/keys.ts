import { Inject, Injectable } from '@nestjs/common';
import { IndexHead } from '../indexer/index.js';
import { type Hex, toHex } from '../kernel/hex.js';
import { liveAt } from '../members/domain/key-life.js';
import { KEY_KINDS, type KeyKind } from '../members/domain/key-kinds.js';
import { Members } from '../members/index.js';
import { encryptionKey, type MessageKey, privateKey, verificationKey } from './domain/message-keys.js';
import { envelopeKeyRevoked, envelopeKeyUnknown, ownKeyNotLive } from './domain/problems.js';
import { EXCHANGE_SECRETS, type ExchangeSecrets } from './secrets.js';

/** A registered signing key and whose it is. */
export interface Signer extends MessageKey {
  readonly member: number;
}

/** Message keys: this member's own by its key file, everyone's by the member registry as indexed. */
@Injectable()
export class ExchangeKeys {
  private readonly loaded = new Map<string, Promise<MessageKey>>();

  constructor(
    private readonly members: Members,
    private readonly head: IndexHead,
    @Inject(EXCHANGE_SECRETS) private readonly secrets: ExchangeSecrets,
  ) {}

  /** This member's signing key. Refuses with OWN_KEY_NOT_LIVE what nobody would believe. */
  async signing(): Promise<MessageKey> {
    const { messageSigning: jwk } = this.secrets;
    const { key: id, ...life } = await this.own('MESSAGE_SIGNING', jwk.x);
    if (!liveAt(life, this.head.current().number)) throw ownKeyNotLive('its signing key was revoked', { key: id });
    return this.load(`own ${id}`, () => privateKey(id, jwk));
  }

  /**
   * This member's decryption keys, revoked or not, the present one first: what was sealed to them before must still open,
   * and so must what is sealed to the next one from the block that lists it. Those that the registry does not list yet are
   * left out. Refuses with OWN_KEY_NOT_LIVE when it lists none.
   */
  async decryption(): Promise<MessageKey[]> {
    const { messageEncryption: present, former, next } = this.secrets;
    const coming = next?.messageEncryption;
    const secrets = [present, ...(former?.messageEncryption ?? []), ...(coming ? [coming] : [])];
    const listed = await Promise.all(secrets.map((jwk) => this.listed('MESSAGE_ENCRYPTION', jwk.x)));
    const own = secrets.flatMap((jwk, i) => {
      const id = listed[i]?.key;
      return id ? [this.load(`own ${id}`, () => privateKey(id, jwk))] : [];
    });
    if (own.length === 0) throw ownKeyNotLive('the registry lists none of its MESSAGE_ENCRYPTION keys');
    return Promise.all(own);
  }

  /** The key that envelopes to a member are sealed to; ENVELOPE_KEY_UNKNOWN when it has none that is live. */
  async encryptionOf(member: number): Promise<MessageKey> {
    const key = await this.members.liveKey(member, 'MESSAGE_ENCRYPTION');
    if (!key) throw envelopeKeyUnknown(`member ${member} has no live encryption key`, { member });
    return this.load(key.key, () => encryptionKey(key.key, key.public_key));
  }

  /** Whose a signing key is, and how to check it. Problems: ENVELOPE_KEY_UNKNOWN, ENVELOPE_KEY_REVOKED (rule 7). */
  async signer(id: Hex): Promise<Signer> {
    const key = await this.requireLive(id);
    if (key.kind !== KEY_KINDS.MESSAGE_SIGNING) throw envelopeKeyUnknown('it is no signing key', { key: id });
    return { ...(await this.load(id, () => verificationKey(id, key.public_key))), member: key.member };
  }

  private async requireLive(id: Hex) {
    const key = await this.members.key(id);
    if (!key) throw envelopeKeyUnknown('the registry does not list it, as far as it is indexed here', { key: id });
    if (liveAt(key, this.head.current().number)) return key;
    throw envelopeKeyRevoked('it was revoked', { key: id, revokedAtBlock: key.revoked_block });
  }

  private async own(kind: KeyKind, x: string) {
    const row = await this.listed(kind, x);
    if (row) return row;
    throw ownKeyNotLive(`the registry does not list its ${kind} key`, { publicKey: publicKeyOf(x) });
  }

  private async listed(kind: KeyKind, x: string) {
    const { id } = await this.members.self();
    return (await this.members.keysOf(id, kind)).find((key) => key.public_key === publicKeyOf(x));
  }

  private load(name: string, load: () => Promise<MessageKey>): Promise<MessageKey> {
    const known = this.loaded.get(name) ?? load();
    this.loaded.set(name, known);
    return known;
  }
}

const publicKeyOf = (x: string): Hex => toHex(Buffer.from(x, 'base64url'));
