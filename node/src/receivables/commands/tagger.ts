import { Inject, Injectable } from '@nestjs/common';
import { Keyring, RegistryDomains, SignedStatements } from '../../chain/index.js';
import type { Hex } from '../../kernel/hex.js';
import {
  type InvoiceIdentity,
  makeFingerprint,
  makeOrderTag,
  type OrderIdentity,
  tagPublicKey,
} from '../../members/domain/tags.js';
import { Members } from '../../members/index.js';
import { OrderContents, type Order } from '../../orders/index.js';
import type { OrderTags, SignedTag } from '../domain/tags.js';
import { orderIdentity } from './identities.js';
import { tagKeyMissing } from '../domain/problems.js';
import { TAG_SECRETS, type TagSecrets } from './tag-secrets.js';

/** Makes this member's fingerprints of invoices that it owes, and tags of orders that it posted (rule 2). */
@Injectable()
export class Tagger {
  constructor(
    @Inject(TAG_SECRETS) private readonly secrets: TagSecrets,
    private readonly members: Members,
    private readonly contents: OrderContents,
    private readonly keyring: Keyring,
    private readonly statements: SignedStatements,
    private readonly domains: RegistryDomains,
  ) {}

  /** One for each tag key, in the order of their numbers. Throws TAG_KEY_MISSING. */
  async fingerprints(invoice: InvoiceIdentity): Promise<SignedTag[]> {
    const registry = this.domains.of('ReceivableRegistry');
    return (await this.keys()).map((secret) => makeFingerprint(secret, registry, invoice));
  }

  /** The tags of an order. Throws TAG_KEY_MISSING, ORDER_DOCUMENT_MISSING. */
  async tagsOf(order: Order): Promise<SignedTag[]> {
    const { model } = (await this.contents.require(order)).document;
    const identity: OrderIdentity = orderIdentity(model);
    const registry = this.domains.of('ReceivableRegistry');
    return (await this.keys()).map((secret) => makeOrderTag(secret, registry, identity));
  }

  /**
   * The tags of an order with this buyer's signature over them. Throws TAG_KEY_MISSING, ORDER_DOCUMENT_MISSING, and what
   * {@link Members.requireLiveOperator} does.
   */
  async orderTags(order: Order): Promise<OrderTags> {
    const tags = await this.tagsOf(order);
    const statement = { order: order.id, tags: tags.map(({ tag }) => tag) };
    const { operator } = this.keyring;
    await this.members.requireLiveOperator(operator.address);
    const signature = await operator.signMessage(this.statements.orderTag(statement));
    return { order: order.id, account: operator.address, signature, tags };
  }

  /** Secrets of all tag keys that the registry lists of this member; they are kept for ever, revoked or not. */
  private async keys(): Promise<Hex[]> {
    const self = await this.members.self();
    const known = new Map(this.secrets.map((secret) => [tagPublicKey(secret), secret]));
    const listed = await this.members.keysOf(self.id, 'TAG');
    const found = [...listed]
      .sort((a, b) => a.number - b.number)
      .map(({ number, public_key }) => {
        const secret = known.get(public_key);
        if (!secret) throw tagKeyMissing(`the secret of tag key ${number} is not in the key file`, { number });
        return secret;
      });
    if (found.length === 0) throw tagKeyMissing('the registry lists no tag key of this member');
    return found;
  }
}
