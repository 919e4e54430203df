import { Injectable } from '@nestjs/common';
import { RegistryDomains, SignedStatements } from '../../chain/index.js';
import { IndexHead } from '../../indexer/index.js';
import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import { type Hex, toBytes } from '../../kernel/hex.js';
import { recoverAddress } from '../../kernel/recover.js';
import { liveAt } from '../../members/domain/key-life.js';
import {
  checkFingerprint,
  checkOrderTag,
  fingerprintFalse,
  type InvoiceIdentity,
  type OrderIdentity,
  orderTagFalse,
} from '../../members/domain/tags.js';
import { Members } from '../../members/index.js';
import { isSameWord, type KnownTag, type OrderTags } from '../domain/tags.js';
import { SignedTags } from '../storage/signed-tags.js';
import { TagStore } from '../storage/tag.store.js';

/** Checks tags that another member made, as a supplier or a lender must before it relies on them (rule 2). */
@Injectable()
export class TagChecks {
  constructor(
    private readonly members: Members,
    private readonly statements: SignedStatements,
    private readonly domains: RegistryDomains,
    private readonly head: IndexHead,
    private readonly tags: TagStore,
    private readonly signedTags: SignedTags,
  ) {}

  /**
   * Refuses with TAG_COUNT_MISMATCH or FINGERPRINT_FALSE unless they are the invoice's under the obligor's keys. Only for those that the
   * chain has, all of them: it counted one for each key that was listed at the confirmation, and takes none for keys that were added since.
   */
  async requireFingerprints(
    obligor: number,
    invoice: InvoiceIdentity,
    fingerprints: readonly KnownTag[],
  ): Promise<void> {
    const registry = this.domains.of('ReceivableRegistry');
    const keys = await this.keysOf(obligor);
    const counted = keys.slice(0, fingerprints.length);
    requireEach(obligor, counted, fingerprints.length);
    counted.forEach((key, i) => {
      const { tag, signature } = fingerprints[i]!;
      if (signature === undefined) throw fingerprintFalse('nothing shows that it is the invoice’s', { tag });
      checkFingerprint(key, registry, invoice, { tag, signature });
    });
  }

  /** Refuses with TAG_COUNT_MISMATCH or ORDER_TAG_FALSE unless they are the order's, by the buyer's word that counts. */
  async requireOrderTags(buyer: number, identity: OrderIdentity, given: OrderTags): Promise<void> {
    const registry = this.domains.of('ReceivableRegistry');
    const keys = await this.keysOf(buyer);
    requireEach(buyer, keys, given.tags.length);
    keys.forEach((key, i) => {
      const { tag, signature } = given.tags[i]!;
      if (signature === undefined) {
        throw orderTagFalse('nothing shows that the tags are of the order’s number', { order: given.order });
      }
      checkOrderTag(key, registry, identity, { tag, signature });
    });
    await this.requireBuyersWord(buyer, given);
  }

  /**
   * The same, where the order's number is not shown, as to holders of parts: that the tags are the order's is the buyer's
   * word alone, which owes the part whatever they are.
   */
  async requireBuyersWord(buyer: number, given: OrderTags): Promise<void> {
    requireEach(buyer, await this.keysOf(buyer), given.tags.length);
    if ((await this.stands(buyer, given)) || (await this.isKept(given))) return;
    throw orderTagFalse('no live operator of the buyer signed the tags', {
      order: given.order,
      account: given.account,
    });
  }

  /** Whether the buyer listed a tag key since it gave these: the chain takes them no more, and whoever needs some asks for others. */
  async areOutdated(buyer: number, { tags }: OrderTags): Promise<boolean> {
    return tags.length < (await this.keysOf(buyer)).length;
  }

  /**
   * Whether it was the buyer's word when it was given, and counts no more: the buyer listed a tag key since, or revoked the operator that
   * signed. That is no fault of the letter that brings it, and whoever needs a word asks for another.
   */
  async isPast(buyer: number, given: OrderTags): Promise<boolean> {
    if (await this.areOutdated(buyer, given)) return true;
    if (!(await this.signatory(buyer, given)) || (await this.stands(buyer, given))) return false;
    return !(await this.isKept(given));
  }

  /** Whether anybody may rely on a buyer's word: an operator of the buyer signed it who is live, or the chain has taken the tags since (rule 7). */
  async stands(buyer: number, given: OrderTags): Promise<boolean> {
    const operator = await this.signatory(buyer, given);
    if (!operator) return false;
    return liveAt(operator, this.head.current().number) || this.tags.hasTaken(given.order, buyer, tagsIn(given));
  }

  /** The buyer's operator that signed it, live or revoked. */
  private async signatory(buyer: number, given: OrderTags) {
    const { order, account, signature } = given;
    const operator = await this.members.account(account);
    const digest = this.statements.orderTagHash({ order, tags: tagsIn(given) });
    const signed = operator?.member === buyer && recoverAddress(toBytes(digest), toBytes(signature)) === account;
    return signed ? operator : undefined;
  }

  /** Whether this node took in just that, while it stood: a key that is revoked later does not undo it (rule 7). */
  private async isKept(given: OrderTags): Promise<boolean> {
    const kept = (await this.signedTags.known([given.order])).get(given.order);
    return kept !== undefined && isSameWord(kept, given);
  }

  /** Tag keys that the registry lists of a member, by number; none ever leaves the list. */
  private async keysOf(member: number): Promise<Hex[]> {
    const keys = [...(await this.members.keysOf(member, 'TAG'))].sort((a, b) => a.number - b.number);
    return keys.map(({ public_key }) => public_key);
  }
}

const tagsIn = ({ tags }: OrderTags): Hex[] => tags.map(({ tag }) => tag);

function requireEach(obligor: number, { length: tagKeys }: readonly Hex[], given: number): void {
  if (tagKeys === given && given > 0) return;
  throw CONTRACT_PROBLEMS.TagCountMismatch(`a tag is owed for each of ${tagKeys} tag keys, not ${given}`, {
    obligor,
    given,
    tagKeys,
  });
}
