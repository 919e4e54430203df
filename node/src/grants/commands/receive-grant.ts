import { EnvelopeHandler, type EnvelopeProcessor, type ReceivedEnvelope } from '../../exchange/index.js';
import { grantInvalid } from '../domain/problems.js';
import { Subjects } from '../queries/subjects.js';
import { type GrantBody, grantBody } from './envelopes.js';
import { HolderWords } from './holder-words.js';
import { OrderPlaces } from './order-places.js';
import { TakeGrant } from './take-grant.js';

/** Takes in a grant to this member from an owner of the documents; what it shows comes after it. */
@EnvelopeHandler('grant.made', { body: grantBody })
export class ReceiveGrant implements EnvelopeProcessor<GrantBody> {
  constructor(
    private readonly subjects: Subjects,
    private readonly taking: TakeGrant,
    private readonly words: HolderWords,
    private readonly places: OrderPlaces,
  ) {}

  async handle({
    from,
    object: id,
    body: { opening, approval, holder, place },
  }: ReceivedEnvelope<GrantBody>): Promise<void> {
    if (place) await this.places.take(opening, place);
    if (holder) await this.words.take(opening, from.id, holder);
    const owners = await this.subjects.owners(opening);
    if (opening.id !== id || opening.financing !== null || !owners.includes(from.id)) {
      throw grantInvalid('its sender is no owner of what it names', { grant: id });
    }
    // As its maker's node refuses too: a side has its own documents, and its own word on where its orders stand.
    if (owners.includes(opening.grantee)) throw grantInvalid('its grantee is a side of what it names', { grant: id });
    await this.taking.given(from.id, opening, approval);
  }
}
