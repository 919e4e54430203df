import { EnvelopeHandler, type EnvelopeProcessor, type ReceivedEnvelope } from '../../exchange/index.js';
import { Members } from '../../members/index.js';
import { grantInvalid } from '../domain/problems.js';
import { Subjects } from '../queries/subjects.js';
import { type SharedBody, sharedBody } from './envelopes.js';
import { TakeGrant } from './take-grant.js';

/** Takes note of a grant that the other owner of this member's documents made or proposes. */
@EnvelopeHandler('grant.shared', { body: sharedBody })
export class ReceiveSharedGrant implements EnvelopeProcessor<SharedBody> {
  constructor(
    private readonly members: Members,
    private readonly subjects: Subjects,
    private readonly taking: TakeGrant,
  ) {}

  async handle({ from, object: id, body: { opening, needsApproval } }: ReceivedEnvelope<SharedBody>): Promise<void> {
    const [self, owners] = await Promise.all([this.members.self(), this.subjects.owners(opening)]);
    const byOther = opening.maker === from.id && owners.includes(from.id);
    if (opening.id !== id || !byOther || !owners.includes(self.id)) {
      throw grantInvalid('it is not about documents of this member and its sender', { grant: id });
    }
    if (owners.includes(opening.grantee)) throw grantInvalid('its grantee is a side of what it names', { grant: id });
    await this.taking.shared(opening, needsApproval);
  }
}
