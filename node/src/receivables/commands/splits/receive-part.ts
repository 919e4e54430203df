import { EnvelopeHandler, type EnvelopeProcessor, type ReceivedEnvelope } from '../../../exchange/index.js';
import { CONTRACT_PROBLEMS } from '../../../kernel/contract-errors.generated.js';
import { Receivables } from '../../queries/receivables.js';
import { SignedTags } from '../../storage/signed-tags.js';
import { TagChecks } from '../tag-checks.js';
import { type PartBody, partBody } from './envelopes.js';

/** Takes in, for a part that this member holds now, the buyer's tags of the orders behind it. */
@EnvelopeHandler('receivable.part', { body: partBody })
export class ReceivePart implements EnvelopeProcessor<PartBody> {
  constructor(
    private readonly receivables: Receivables,
    private readonly checks: TagChecks,
    private readonly tags: SignedTags,
  ) {}

  async handle({ from, object, body: { orderTags } }: ReceivedEnvelope<PartBody>): Promise<void> {
    const { obligor, orders } = await this.receivables.get(object);
    if (obligor !== from.id) {
      throw CONTRACT_PROBLEMS.ReceivableUnauthorized('the sender does not owe it', {
        receivable: object,
        member: from.id,
      });
    }
    for (const tags of orderTags) {
      if (!orders.includes(tags.order) || (await this.checks.isPast(obligor, tags))) continue;
      await this.checks.requireBuyersWord(obligor, tags);
      await this.tags.keepOrderTags(tags);
    }
  }
}
