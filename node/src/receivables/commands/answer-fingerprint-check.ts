import { z } from 'zod';
import { Audit } from '../../audit/index.js';
import { EnvelopeHandler, type EnvelopeProcessor, Exchange, type ReceivedEnvelope } from '../../exchange/index.js';
import { IndexHead } from '../../indexer/index.js';
import type { Hex } from '../../kernel/hex.js';
import { Problem } from '../../kernel/problem.js';
import { Members } from '../../members/index.js';
import { Orders } from '../../orders/index.js';
import { CHECKS_AN_HOUR, type FingerprintAnswer } from '../domain/fingerprint-check.js';
import { fingerprintCheckLimited, receivableDocumentMissing } from '../domain/problems.js';
import type { Receivable } from '../domain/receivable.js';
import { Receivables } from '../queries/receivables.js';
import { FingerprintChecks } from '../storage/fingerprint-checks.js';
import { ReceivableDocuments } from '../storage/receivable-documents.js';
import { TagStore } from '../storage/tag.store.js';
import { requireCheckable } from './ask-fingerprint-check.js';
import type { FingerprintAnswerBody } from './envelopes.js';
import { FingerprintBearers } from './fingerprint-bearers.js';
import { invoiceIdentity } from './identities.js';
import { Tagger } from './tagger.js';

const nothing = z.strictObject({});

/**
 * The obligor tells a supplier whether the invoice behind its own receivable backs another already. Each time is on record;
 * whoever asks for another's, or too often, is told that it is not told.
 */
@EnvelopeHandler('receivable.fingerprint-check', { body: nothing })
export class AnswerFingerprintCheck implements EnvelopeProcessor<z.output<typeof nothing>> {
  constructor(
    private readonly members: Members,
    private readonly receivables: Receivables,
    private readonly documents: ReceivableDocuments,
    private readonly orders: Orders,
    private readonly tagger: Tagger,
    private readonly bearers: FingerprintBearers,
    private readonly tags: TagStore,
    private readonly checks: FingerprintChecks,
    private readonly audit: Audit,
    private readonly exchange: Exchange,
    private readonly head: IndexHead,
  ) {}

  async handle({ from, object }: ReceivedEnvelope<z.output<typeof nothing>>): Promise<void> {
    const answer = await this.answer(from.id, object);
    await this.checks.answered(object, from.id, answer);
    const actor = `member:${from.name}`;
    const outcome = answer.code ?? answer.outcome;
    await this.audit.record({ actor, action: 'fingerprint-check', object, outcome });
    const body = { ...answer, takenOrders: [...answer.takenOrders] } satisfies FingerprintAnswerBody;
    await this.exchange.send({ to: from.id, type: 'receivable.fingerprint-answer', object, body });
  }

  private async answer(member: number, object: Hex): Promise<FingerprintAnswer> {
    const block = this.head.current().number;
    try {
      await this.requireUnderLimit(member);
      const receivable = await this.receivables.get(object);
      requireCheckable(receivable, member);
      return { ...(await this.judge(receivable)), code: null, block };
    } catch (error) {
      if (!(error instanceof Problem) || error.status >= 500) throw error;
      return { outcome: 'REFUSED', code: error.code, takenOrders: [], block };
    }
  }

  private async requireUnderLimit(member: number): Promise<void> {
    if ((await this.checks.countLastHour(member)) < CHECKS_AN_HOUR) return;
    throw fingerprintCheckLimited(`${CHECKS_AN_HOUR} an hour are answered`, { limit: CHECKS_AN_HOUR });
  }

  private async judge(receivable: Receivable): Promise<Pick<FingerprintAnswer, 'outcome' | 'takenOrders'>> {
    const { id, obligor } = receivable;
    const self = await this.members.self();
    const facts = obligor === self.id ? await this.documents.find(id) : undefined;
    if (!facts) throw receivableDocumentMissing('the invoice has not arrived from its supplier', { receivable: id });
    const fingerprints = await this.tagger.fingerprints(invoiceIdentity(facts));
    const takenOrders: Hex[] = [];
    for (const order of receivable.orders) if (await this.isTaken(order, self.id)) takenOrders.push(order);
    const bearer = await this.bearers.of(receivable, facts, fingerprints);
    return { outcome: bearer || takenOrders.length > 0 ? 'TAKEN' : 'FREE', takenOrders };
  }

  private async isTaken(id: Hex, buyer: number): Promise<boolean> {
    const tags = await this.tagger.tagsOf(await this.orders.get(id));
    const roots = tags.map(({ tag }) => tag);
    return (await this.tags.ordersWith(buyer, roots)).some((order) => order !== id);
  }
}
