import { EnvelopeHandler, type EnvelopeProcessor, type ReceivedEnvelope } from '../../../exchange/index.js';
import { splitUnknown } from '../../domain/split/problems.js';
import { Splits } from '../../queries/splits.js';
import { SplitStore } from '../../storage/split.store.js';
import { EndSplit } from './end-split.js';
import { type SplitEndingBody, splitEndingBody } from './envelopes.js';

/** Takes in that a new holder does not want its part. */
@EnvelopeHandler('split.rejection', { body: splitEndingBody, fromSuspended: true })
export class ReceiveSplitRejection implements EnvelopeProcessor<SplitEndingBody> {
  constructor(
    private readonly splits: Splits,
    private readonly store: SplitStore,
    private readonly ending: EndSplit,
  ) {}

  async handle({ from, object, body: { split: id, reason } }: ReceivedEnvelope<SplitEndingBody>): Promise<void> {
    const { split, status } = await this.splits.lock(id);
    const takes = split.side === 'HOLDER' && split.parts.some(({ holder }) => holder === from.id);
    if (!takes || split.receivable !== object) throw splitUnknown('the sender takes no part in it', { split: id });
    if (status !== 'PROPOSED') return;
    const refusal = { code: 'SPLIT_REJECTED', detail: reason ?? 'no reason given', facts: { by: from.name } };
    await this.store.change(id, { status: 'REJECTED', refusal });
    await this.ending.tell(split, null, from.id);
  }
}
