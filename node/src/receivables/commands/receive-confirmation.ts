import { makeStatement } from '../../documents/index.js';
import { EnvelopeHandler, type EnvelopeProcessor, type ReceivedEnvelope } from '../../exchange/index.js';
import type { Hex } from '../../kernel/hex.js';
import { currencyMismatch } from '../../kernel/money.js';
import { fingerprintFalse } from '../../members/domain/tags.js';
import { OrderContents, Orders } from '../../orders/index.js';
import { requireInstalment } from '../domain/instalments.js';
import type { Receivable } from '../domain/receivable.js';
import { requireContent } from '../domain/statement-contents.js';
import type { OrderTags } from '../domain/tags.js';
import { Receivables } from '../queries/receivables.js';
import { type ReceivableDocumentFacts, ReceivableDocuments } from '../storage/receivable-documents.js';
import { SignedTags } from '../storage/signed-tags.js';
import { TagStore } from '../storage/tag.store.js';
import { type ConfirmationBody, confirmationBody } from './envelopes.js';
import { invoiceIdentity, orderIdentity } from './identities.js';
import { Papers, subjectOf } from './papers.js';
import { receivableDocumentMissing } from '../domain/problems.js';
import { TagChecks } from './tag-checks.js';

/** Takes in the terms that the obligor confirmed, with signatures that show that fingerprints and order tags are true. */
@EnvelopeHandler('receivable.confirmation', { body: confirmationBody, fromSuspended: true })
export class ReceiveConfirmation implements EnvelopeProcessor<ConfirmationBody> {
  constructor(
    private readonly receivables: Receivables,
    private readonly orders: Orders,
    private readonly contents: OrderContents,
    private readonly documents: ReceivableDocuments,
    private readonly papers: Papers,
    private readonly checks: TagChecks,
    private readonly tags: TagStore,
    private readonly signedTags: SignedTags,
  ) {}

  async handle({ object, body }: ReceivedEnvelope<ConfirmationBody>): Promise<void> {
    requireContent('CONFIRMATION', body.content);
    const receivable = await this.receivables.get(object);
    const facts = await this.documents.find(object);
    if (!facts) throw receivableDocumentMissing('this node has no invoice of it', { receivable: object });
    requireCurrency(String(body.content['currency']), facts.currency, object);
    const subject = subjectOf(receivable);
    const paper = this.papers.rebuild(subject, makeStatement('CONFIRMATION', body.content), body.seed);
    await this.papers.take(subject, paper, [receivable.confirmation]);
    await this.requireOnChain(receivable, facts, body);
    await this.checks.requireFingerprints(receivable.obligor, invoiceIdentity(facts), body.fingerprints);
    await this.signedTags.keepFingerprints(object, body.fingerprints);
    for (const tags of body.orderTags) await this.takeOrderTags(receivable.orders, receivable.obligor, tags);
  }

  private async requireOnChain(
    { id, instalment, instalments }: Receivable,
    facts: ReceivableDocumentFacts,
    { fingerprints }: ConfirmationBody,
  ): Promise<void> {
    requireInstalment({ id, instalment, instalments }, facts.instalment, facts.instalments);
    const taken = await this.tags.fingerprintsOf(id);
    if (taken.join() === fingerprints.map(({ tag }) => tag).join()) return;
    throw fingerprintFalse('the chain has other fingerprints of it', { receivable: id });
  }

  private async takeOrderTags(orders: readonly Hex[], buyer: number, tags: OrderTags): Promise<void> {
    if (!orders.includes(tags.order) || (await this.checks.isPast(buyer, tags))) return;
    const order = await this.orders.get(tags.order);
    const { model } = (await this.contents.require(order)).document;
    await this.checks.requireOrderTags(buyer, orderIdentity(model), tags);
    await this.signedTags.keepOrderTags(tags);
  }
}

function requireCurrency(confirmed: string, invoiced: string, receivable: Hex): void {
  if (confirmed === invoiced) return;
  throw currencyMismatch(`confirmed in ${confirmed}, invoiced in ${invoiced}`, { receivable, expected: invoiced });
}
