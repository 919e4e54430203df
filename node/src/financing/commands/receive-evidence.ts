import { EnvelopeHandler, type EnvelopeProcessor, type ReceivedEnvelope } from '../../exchange/index.js';
import { Receivables } from '../../receivables/index.js';
import { UnitOfWork } from '../../database/index.js';
import { Counterparty } from '../queries/counterparty.js';
import { GrantStore } from '../../grants/index.js';
import { EvidenceStore } from '../storage/evidence.store.js';
import { type EvidenceBody, evidenceBody, evidenceCarried } from './envelopes.js';
import { EvidenceCheck, requireGranted } from './evidence-check.js';
import { Watcher } from '../watch/watcher.js';

/** Takes in what a holder shows after its request. */
@EnvelopeHandler('financing.evidence', { body: evidenceBody, carries: evidenceCarried, fromSuspended: true })
export class ReceiveEvidence implements EnvelopeProcessor<EvidenceBody> {
  constructor(
    private readonly counterparty: Counterparty,
    private readonly receivables: Receivables,
    private readonly check: EvidenceCheck,
    private readonly store: EvidenceStore,
    private readonly grants: GrantStore,
    private readonly unitOfWork: UnitOfWork,
    private readonly watcher: Watcher,
  ) {}

  async handle({ from, object: id, body }: ReceivedEnvelope<EvidenceBody>): Promise<void> {
    const { object, onOrder } = (await this.counterparty.require(id, 'LENDER', from.id)).financing;
    const documents = onOrder
      ? await this.check.ofOrder(object, body)
      : await this.check.ofReceivable(await this.receivables.get(object), body);
    requireGranted(documents, (await this.grants.ofFinancing(id))?.grant.fields ?? []);
    await this.store.keep(id, documents);
    this.unitOfWork.afterCommit(() => this.watcher.wake());
  }
}
