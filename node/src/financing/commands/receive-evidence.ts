import { EnvelopeHandler, type EnvelopeProcessor, type ReceivedEnvelope } from '../../exchange/index.js';
import { Receivables } from '../../receivables/index.js';
import { UnitOfWork } from '../../database/index.js';
import { Counterparty } from '../queries/counterparty.js';
import { GrantStore } from '../../grants/index.js';
import { EvidenceStore } from '../storage/evidence.store.js';
import { FinancingStore } from '../storage/financing.store.js';
import { type EvidenceBody, evidenceBody, evidenceCarried } from './envelopes.js';
import { EvidenceCheck, type Held, requireGranted } from './evidence-check.js';
import { Watcher } from '../watch/watcher.js';

/** Takes in what a holder shows after its request, be it a portion of what the request rests on; in any order, and again as often as it comes. */
@EnvelopeHandler('financing.evidence', { body: evidenceBody, carries: evidenceCarried, fromSuspended: true })
export class ReceiveEvidence implements EnvelopeProcessor<EvidenceBody> {
  constructor(
    private readonly counterparty: Counterparty,
    private readonly receivables: Receivables,
    private readonly check: EvidenceCheck,
    private readonly evidence: EvidenceStore,
    private readonly store: FinancingStore,
    private readonly grants: GrantStore,
    private readonly unitOfWork: UnitOfWork,
    private readonly watcher: Watcher,
  ) {}

  async handle({ from, object: id, body }: ReceivedEnvelope<EvidenceBody>): Promise<void> {
    const { object, onOrder, evidenceAwaited } = (await this.counterparty.require(id, 'LENDER', from.id)).financing;
    const held: Held = (roots) => this.evidence.at(id, roots);
    const { documents, complete } = onOrder
      ? await this.check.ofOrder(object, body, held)
      : await this.check.ofReceivable(await this.receivables.get(object), body, held);
    requireGranted(documents, (await this.grants.ofFinancing(id))?.grant.fields ?? []);
    await this.evidence.keep(id, documents);
    if (evidenceAwaited && complete) await this.store.change(id, { evidenceAwaited: false });
    this.unitOfWork.afterCommit(() => this.watcher.wake());
  }
}
