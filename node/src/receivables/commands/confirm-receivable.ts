import { Injectable } from '@nestjs/common';
import { makeStatement } from '../../documents/index.js';
import { Exchange } from '../../exchange/index.js';
import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import type { Hex } from '../../kernel/hex.js';
import { minorUnits, positiveMoney } from '../../kernel/money.js';
import type { Problem } from '../../kernel/problem.js';
import { Rational } from '../../kernel/rational.js';
import { Members } from '../../members/index.js';
import { OrderContents, Orders } from '../../orders/index.js';
import { requireConfirmable } from '../domain/confirmation.js';
import { type ConfirmationScope, encodeScope } from '../domain/confirmation-scope.js';
import type { Receivable } from '../domain/receivable.js';
import { Covers } from '../queries/covers.js';
import { type ReceivableDocumentFacts, ReceivableDocuments } from '../storage/receivable-documents.js';
import { SignedTags } from '../storage/signed-tags.js';
import type { ConfirmationBody } from './envelopes.js';
import { FingerprintBearers } from './fingerprint-bearers.js';
import { invoiceIdentity } from './identities.js';
import { OtherConfirmations } from './other-confirmations.js';
import { Papers, subjectOf } from './papers.js';
import { receivableDocumentMissing } from '../domain/problems.js';
import { type ReceivableAnswer, ReceivableDesk } from './receivable-desk.js';
import { Tagger } from './tagger.js';

/** What the obligor asks to confirm; amount and due date are by default the receivable's own. */
export interface Confirmation extends ConfirmationScope {
  /** Decimal text in the invoice's currency, which `currency` may name. */
  readonly amount?: string;
  readonly currency?: string;
  /** ISO date. */
  readonly dueDate?: string;
}

/** The obligor undertakes to pay. */
@Injectable()
export class ConfirmReceivable {
  constructor(
    private readonly desk: ReceivableDesk,
    private readonly members: Members,
    private readonly covers: Covers,
    private readonly documents: ReceivableDocuments,
    private readonly others: OtherConfirmations,
    private readonly papers: Papers,
    private readonly orders: Orders,
    private readonly tagger: Tagger,
    private readonly bearers: FingerprintBearers,
    private readonly signedTags: SignedTags,
    private readonly exchange: Exchange,
    private readonly contents: OrderContents,
  ) {}

  /**
   * Refuses with RECEIVABLE_DOCUMENT_MISSING while the invoice is not here, DOCUMENT_ERASED when it is not taken in since this obligor
   * erased its order, CONFIRMATION_EXCEEDS_INVOICE naming by how much, and unless
   * it says `withoutReceipt` with CONFIRMATION_EXCEEDS_COVER, or COVER_NOT_SHOWN while a document that decides what was received is not here;
   * FINGERPRINT_TAKEN for an invoice that backs another receivable (rule 2), and what {@link OtherConfirmations} refuses.
   */
  async run(id: Hex, confirmation: Confirmation): Promise<ReceivableAnswer> {
    const { receivable, self } = await this.desk.begin(id, 'confirm');
    this.members.requireMayBegin(self, 'CORE_ENTERPRISE');
    const facts = await this.documents.find(id);
    if (!facts) throw await this.withoutInvoice(receivable);
    await this.others.requireNone(receivable, facts);
    const fingerprints = await this.tagger.fingerprints(invoiceIdentity(facts));
    const bearer = await this.bearers.of(receivable, facts, fingerprints);
    if (bearer) throw taken(receivable.obligor, bearer);
    const terms = await this.terms(receivable, facts, confirmation);
    const { waivesSetOff, waivesDefences, withoutReceipt } = confirmation;
    const scope = { waivesSetOff, waivesDefences, withoutReceipt };
    const content = { ...terms, ...scope };
    const { root, seed } = await this.papers.write(subjectOf(receivable), makeStatement('CONFIRMATION', content));
    const [instalment, tags] = [facts.instalment + 1, fingerprints.map(({ tag }) => tag)];
    const submission = await this.desk.submit({
      act: 'confirmReceivable',
      object: id,
      fn: 'confirm',
      args: [id, root, encodeScope(scope), instalment, facts.instalments, tags],
    });
    await this.signedTags.keepFingerprints(id, fingerprints);
    const orders = await Promise.all(receivable.orders.map((order) => this.orders.get(order)));
    const orderTags = await Promise.all(orders.map((order) => this.tagger.orderTags(order)));
    const body = {
      content,
      seed,
      fingerprints,
      orderTags: orderTags.map((tags) => ({ ...tags, tags: [...tags.tags] })),
    };
    await this.exchange.send({
      to: receivable.supplier,
      type: 'receivable.confirmation',
      object: id,
      body: body satisfies ConfirmationBody,
      after: submission,
    });
    return { id, submission };
  }

  /** What was invoiced on an order whose document is not here is held against nothing, and so never taken in: waiting for it is no use. */
  private async withoutInvoice({ id, orders }: Receivable): Promise<Problem> {
    for (const order of orders) await this.contents.require(await this.orders.get(order));
    return receivableDocumentMissing('the invoice has not arrived from its supplier', { receivable: id });
  }

  private async terms(
    receivable: Receivable,
    facts: ReceivableDocumentFacts,
    { amount, dueDate, withoutReceipt, ...named }: Confirmation,
  ) {
    const { currency } = facts;
    // Who confirms whatever was received needs no document of it, so that nobody who keeps one back can stop it.
    const covered = withoutReceipt ? undefined : await this.covers.of(receivable);
    const confirmed = positiveMoney(
      { amount: amount ?? facts.amount, currency: named.currency ?? currency },
      currency,
    ).amount;
    requireConfirmable({
      payable: covered?.payable ?? Rational.parse(facts.amount),
      cover: covered?.cover.amount,
      amount: Rational.parse(confirmed),
      currency,
      minorDigits: minorUnits(currency),
    });
    return { amount: confirmed, currency, dueDate: dueDate ?? facts.dueDate };
  }
}

function taken(obligor: number, receivable: Hex) {
  return CONTRACT_PROBLEMS.FingerprintTaken(`the same invoice backs receivable ${receivable} already`, {
    obligor,
    receivable,
  });
}
