import { Injectable } from '@nestjs/common';
import { Keyring } from '../../../chain/index.js';
import { Exchange } from '../../../exchange/index.js';
import { IndexHead } from '../../../indexer/index.js';
import { CONTRACT_PROBLEMS } from '../../../kernel/contract-errors.generated.js';
import type { Hex } from '../../../kernel/hex.js';
import { Members, type OneTimeCertificate } from '../../../members/index.js';
import { Orders } from '../../../orders/index.js';
import type { Receivable } from '../../domain/receivable.js';
import type { SignedConsent } from '../../domain/signed-consent.js';
import { dividedCover, requireCount, requireWhole } from '../../domain/split/divide.js';
import { splitDetails } from '../../domain/split/part-id.js';
import type { PartTerms } from '../../domain/split/part-terms.js';
import { splitHolderInvalid, splitTermsMismatch } from '../../domain/split/problems.js';
import type { WrittenPart } from '../../domain/split/split.js';
import { type OrderTags, withoutProof } from '../../domain/tags.js';
import { Receivables } from '../../queries/receivables.js';
import { PartHolders } from '../../storage/part-holders.js';
import { ConsentDesk } from '../consent-desk.js';
import { ReceivableDesk } from '../receivable-desk.js';
import { Tagger } from '../tagger.js';
import type { PartBody, SplitRequestBody } from './envelopes.js';
import { PartsDesk } from './parts-desk.js';
import { requireLineage } from './receive-split-offer.js';
import { SplitGuard } from './split-guard.js';
import { Wholes } from './wholes.js';

/** A part with all that the contract asks of its new holder. */
type Accepted = WrittenPart & { readonly certificate: OneTimeCertificate; readonly acceptance: SignedConsent };

/** The obligor's consent, and the transaction that carries it. */
export interface Signed {
  readonly cosignature: SignedConsent;
  readonly submission: string;
}

/** The obligor checks what the chain cannot see, that the parts sum to what it owes, and signs: that confirms each of them. */
@Injectable()
export class SignSplit {
  constructor(
    private readonly members: Members,
    private readonly receivables: Receivables,
    private readonly orders: Orders,
    private readonly guard: SplitGuard,
    private readonly wholes: Wholes,
    private readonly parts: PartsDesk,
    private readonly consents: ConsentDesk,
    private readonly keyring: Keyring,
    private readonly desk: ReceivableDesk,
    private readonly holders: PartHolders,
    private readonly tagger: Tagger,
    private readonly exchange: Exchange,
    private readonly head: IndexHead,
  ) {}

  /**
   * The parts, if this obligor may sign them as all stands. Refuses with what {@link SplitGuard} refuses, SPLIT_SUM_MISMATCH
   * naming by how much, SPLIT_TERMS_MISMATCH naming the field, SPLIT_PAYEE_UNKNOWN, SPLIT_HOLDER_INVALID, CONSENT_STALE, CONSENT_EXPIRED,
   * CONSENT_WRONG_SIGNER, CONSENT_INVALID_SIGNATURE, ONE_TIME_ACCOUNT_UNCERTIFIED, MEMBER_NOT_ACTIVE.
   */
  async check(receivable: Receivable, { consent, parts }: SplitRequestBody): Promise<Accepted[]> {
    const self = await this.members.self();
    const { id, obligor } = receivable;
    if (obligor !== self.id) {
      throw CONTRACT_PROBLEMS.ReceivableUnauthorized('this member does not owe it', {
        receivable: id,
        member: self.id,
      });
    }
    this.members.requireMayBegin(self, 'CORE_ENTERPRISE');
    await this.guard.require(receivable);
    requireCount(parts.length);
    await this.requireFresh(receivable, [consent, ...parts.map(({ acceptance }) => acceptance)]);
    if (consent.signer !== receivable.holder) {
      throw CONTRACT_PROBLEMS.ConsentWrongSigner('the consent is not the holder’s', { receivable: id });
    }
    const accepted = await Promise.all(parts.map((part, index) => this.acceptedPart(receivable, part, index)));
    this.consents.require({ object: id, act: 'SPLIT', details: splitDetails(id, accepted.map(hashed)) }, consent);
    await this.requireTerms(
      receivable,
      accepted.map(({ terms }) => terms),
    );
    return accepted;
  }

  /** Signs, and sends all signatures in one transaction; new holders get what they need to have their parts financed. */
  async sign(
    receivable: Receivable,
    parts: readonly Accepted[],
    consent: SplitRequestBody['consent'],
  ): Promise<Signed> {
    const { id, orders, supplier } = receivable;
    const { deadline, coverVersion } = consent;
    const own = await this.consents.give(
      this.keyring.operator,
      { object: id, act: 'SPLIT', details: splitDetails(id, parts.map(hashed)) },
      { deadline, coverVersion },
    );
    const listed = parts.map((part) => ({ holder: part.certificate.account, commitment: part.root }));
    const submission = await this.desk.submit({
      act: 'splitReceivable',
      object: id,
      fn: 'split',
      args: [id, listed, consent, own, parts.map(({ acceptance }) => acceptance), []],
    });
    const words = await this.orderTagsOf(orders);
    for (const { index, terms, seed, receivable: object, holder: to, certificate } of parts) {
      await this.parts.keep(receivable, this.parts.rebuild(receivable, index, { content: { ...terms }, seed }));
      await this.holders.keep(object, certificate.account, to);
      // Who sold it may have other claims on its orders to show.
      const orderTags = to === supplier ? words : words.map(withoutProof);
      const body = { orderTags: orderTags.map(copyTags) } satisfies PartBody;
      await this.exchange.send({ to, type: 'receivable.part', object, body, after: submission });
    }
    return { cosignature: own, submission };
  }

  private async orderTagsOf(ids: readonly Hex[]): Promise<OrderTags[]> {
    const orders = await Promise.all(ids.map((order) => this.orders.get(order)));
    return Promise.all(orders.map((order) => this.tagger.orderTags(order)));
  }

  private async requireFresh(receivable: Receivable, consents: readonly { deadline: number; coverVersion: number }[]) {
    const current = await this.receivables.coverVersion(receivable);
    const { timestamp } = this.head.current();
    for (const { deadline, coverVersion: given } of consents) {
      if (given !== current)
        throw CONTRACT_PROBLEMS.ConsentStale('something lowered the cover since', { given, current });
      if (deadline < timestamp)
        throw CONTRACT_PROBLEMS.ConsentExpired('a consent has expired', { deadline, timestamp });
    }
  }

  private async acceptedPart(
    parent: Receivable,
    { content, seed, certificate, acceptance }: SplitRequestBody['parts'][number],
    index: number,
  ): Promise<Accepted> {
    const { receivable, terms, paper } = this.parts.rebuild(parent, index, { content, seed });
    requireLineage(parent, terms);
    const { member: holder } = certificate;
    if (holder === parent.obligor) throw splitHolderInvalid('nobody holds a claim on itself', { part: index });
    this.members.requireMayBegin(await this.members.byId(holder), 'SUPPLIER');
    const part = { index, receivable, holder, terms, seed, root: paper.root };
    await this.parts.requireAccepted(parent.id, part, certificate, acceptance);
    return { ...part, certificate, acceptance };
  }

  /** Rule 4, and that each part has the whole's date and currency and its share of the whole's cover, and says of the payee what the whole does. */
  private async requireTerms(receivable: Receivable, terms: readonly PartTerms[]): Promise<void> {
    const whole = await this.wholes.of(receivable);
    const { currency, dueDate } = whole;
    const refuse = (part: number, field: keyof PartTerms, expected: string): never => {
      const facts = { part, field: `/${field}`, given: terms[part]![field], expected };
      throw splitTermsMismatch(`/${field} of part ${part} is ${facts.given}, not ${expected}`, facts);
    };
    terms.forEach((part, i) => part.currency === currency || refuse(i, 'currency', currency));
    terms.forEach((part, i) => part.dueDate === dueDate || refuse(i, 'dueDate', dueDate));
    const amounts = terms.map(({ amount }) => amount);
    requireWhole(whole, amounts);
    const shares = dividedCover(whole, amounts);
    terms.forEach(({ covered }, i) => covered === shares[i]!.covered || refuse(i, 'covered', shares[i]!.covered));
    terms.forEach(({ has }, i) => has === whole.has || refuse(i, 'has', whole.has));
  }
}

const copyTags = ({ tags, ...word }: OrderTags) => ({ ...word, tags: [...tags] });
const hashed = ({ receivable, certificate, root }: Accepted) => ({ receivable, holder: certificate.account, root });
