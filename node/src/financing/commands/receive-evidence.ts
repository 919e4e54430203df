import { tryAgain } from '../../errors/index.js';
import { EnvelopeHandler, type EnvelopeProcessor, Exchange, type ReceivedEnvelope } from '../../exchange/index.js';
import type { Hex } from '../../kernel/hex.js';
import { Receivables } from '../../receivables/index.js';
import { UnitOfWork } from '../../database/index.js';
import { Counterparty } from '../queries/counterparty.js';
import { GrantStore } from '../../grants/index.js';
import { EvidenceStore } from '../storage/evidence.store.js';
import { FinancingStore } from '../storage/financing.store.js';
import { type EvidenceBody, evidenceCarried, evidenceLetterBody } from './envelopes.js';
import { EvidenceCheck, requireGranted } from './evidence-check.js';
import { Watcher } from '../watch/watcher.js';
import { WholeCheck } from './whole-check.js';

/** Takes in what a holder shows after its request, be it a portion of what the request rests on; in any order, and again as often as it comes. */
@EnvelopeHandler('financing.evidence', { body: evidenceLetterBody, carries: evidenceCarried, fromSuspended: true })
export class ReceiveEvidence implements EnvelopeProcessor<EvidenceBody> {
  constructor(
    private readonly counterparty: Counterparty,
    private readonly receivables: Receivables,
    private readonly check: EvidenceCheck,
    private readonly whole: WholeCheck,
    private readonly evidence: EvidenceStore,
    private readonly store: FinancingStore,
    private readonly grants: GrantStore,
    private readonly unitOfWork: UnitOfWork,
    private readonly watcher: Watcher,
    private readonly exchange: Exchange,
  ) {}

  async handle({ from, object: id, body }: ReceivedEnvelope<EvidenceBody>): Promise<void> {
    await this.requireRequest(id, from.id);
    const { financing } = await this.counterparty.require(id, 'LENDER', from.id);
    const { object, onOrder } = financing;
    const held = this.evidence.heldFor(id);
    const documents = onOrder
      ? await this.check.ofOrder(object, body, held)
      : await this.check.ofReceivable(await this.receivables.get(object), body, held);
    requireGranted(documents, (await this.grants.ofFinancing(id))?.grant.fields ?? []);
    const complete = financing.evidenceAwaited && (await this.whole.isWhole(financing, documents, held));
    await this.evidence.keep(id, documents);
    if (complete) await this.store.change(id, { evidenceAwaited: false });
    this.unitOfWork.afterCommit(() => this.watcher.wake());
  }

  /** What follows a request that the operator may yet take in waits at its sender, one after the other. Refuses with TRY_AGAIN. */
  private async requireRequest(id: Hex, from: number): Promise<void> {
    if ((await this.store.find(id)) || !(await this.exchange.isSetAsideFrom(from, 'financing.request', id))) return;
    throw tryAgain('the request that it follows is set aside', { financing: id });
  }
}
