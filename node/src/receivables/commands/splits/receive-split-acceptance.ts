import { EnvelopeHandler, type EnvelopeProcessor, type ReceivedEnvelope } from '../../../exchange/index.js';
import { splitUnknown } from '../../domain/split/problems.js';
import { Splits } from '../../queries/splits.js';
import { SplitStore } from '../../storage/split.store.js';
import { type SplitAcceptanceBody, splitAcceptanceBody } from './envelopes.js';
import { PartsDesk } from './parts-desk.js';
import { RequestCosignature } from './request-cosignature.js';

/** Takes in a new holder's acceptance; after the last of them the obligor is asked to sign. */
@EnvelopeHandler('split.acceptance', { body: splitAcceptanceBody })
export class ReceiveSplitAcceptance implements EnvelopeProcessor<SplitAcceptanceBody> {
  constructor(
    private readonly splits: Splits,
    private readonly store: SplitStore,
    private readonly desk: PartsDesk,
    private readonly cosignature: RequestCosignature,
  ) {}

  /** What comes after the split is over is of no use to anybody, and no fault of who sent it. */
  async handle({ from, object, body }: ReceivedEnvelope<SplitAcceptanceBody>): Promise<void> {
    const { split, status } = await this.splits.lock(body.split);
    if (split.side !== 'HOLDER' || split.receivable !== object)
      throw splitUnknown('not proposed here', { split: split.id });
    if (status !== 'PROPOSED') return;
    const given = new Map(body.parts.map((part) => [part.index, part]));
    const parts = await Promise.all(
      split.parts.map(async (part) => {
        const answer = given.get(part.index);
        if (!answer || part.holder !== from.id) return part;
        const { certificate, acceptance } = answer;
        await this.desk.requireAccepted(object, part, certificate, acceptance);
        return { ...part, certificate, acceptance };
      }),
    );
    await this.store.change(split.id, { parts });
    await this.cosignature.runOnceAccepted(await this.splits.lock(split.id));
  }
}
