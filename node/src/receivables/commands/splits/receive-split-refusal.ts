import { EnvelopeHandler, type EnvelopeProcessor, type ReceivedEnvelope } from '../../../exchange/index.js';
import { splitUnknown } from '../../domain/split/problems.js';
import { Receivables } from '../../queries/receivables.js';
import { Splits } from '../../queries/splits.js';
import { SplitStore } from '../../storage/split.store.js';
import { EndSplit } from './end-split.js';
import { type SplitRefusalBody, splitRefusalBody } from './envelopes.js';

/** Takes in why the obligor does not sign, or that the chain refused what it signed; nobody is to complete the split after this. */
@EnvelopeHandler('split.refusal', { body: splitRefusalBody, fromSuspended: true })
export class ReceiveSplitRefusal implements EnvelopeProcessor<SplitRefusalBody> {
  constructor(
    private readonly receivables: Receivables,
    private readonly splits: Splits,
    private readonly store: SplitStore,
    private readonly ending: EndSplit,
  ) {}

  async handle({ from, object, body }: ReceivedEnvelope<SplitRefusalBody>): Promise<void> {
    const { split: id, ...refusal } = body;
    const [{ split, status }, { obligor }] = await Promise.all([this.splits.lock(id), this.receivables.get(object)]);
    if (split.side !== 'HOLDER' || split.receivable !== object || obligor !== from.id) {
      throw splitUnknown('the sender does not owe what is split', { split: id });
    }
    if (status !== 'REQUESTED') return;
    await this.store.change(id, { status: 'REFUSED', refusal });
    await this.ending.tell(split, null);
    await this.ending.revokeHolders(split);
  }
}
