import { EnvelopeHandler, type EnvelopeProcessor, type ReceivedEnvelope } from '../../../exchange/index.js';
import { OPEN_SPLIT } from '../../domain/split/states.js';
import { Splits } from '../../queries/splits.js';
import { SplitStore } from '../../storage/split.store.js';
import { splitUnknown } from '../../domain/split/problems.js';
import { EndSplit } from './end-split.js';
import { type SplitEndingBody, splitEndingBody } from './envelopes.js';

/** Takes in that a split comes to nothing: its holder gave it up, or another refused. An obligor that signed takes its signature back. */
@EnvelopeHandler('split.withdrawal', { body: splitEndingBody, fromSuspended: true })
export class ReceiveSplitWithdrawal implements EnvelopeProcessor<SplitEndingBody> {
  constructor(
    private readonly splits: Splits,
    private readonly store: SplitStore,
    private readonly ending: EndSplit,
  ) {}

  async handle({ from, object, body: { split: id, reason } }: ReceivedEnvelope<SplitEndingBody>): Promise<void> {
    const { split, status } = await this.splits.lock(id);
    if (split.proposer !== from.id || split.receivable !== object) {
      throw splitUnknown('the sender has not proposed it', { split: id });
    }
    if (!OPEN_SPLIT.includes(status)) return;
    const refusal = { code: 'SPLIT_WITHDRAWN', detail: reason ?? 'its holder gave it up', facts: { by: from.name } };
    await this.store.change(id, { status: 'WITHDRAWN', refusal });
    // Behind its own transaction, if that still waits: should the chain refuse it, nobody uses what it carried.
    await this.ending.revokeObligors(split);
  }
}
