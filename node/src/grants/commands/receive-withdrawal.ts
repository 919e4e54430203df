import { z } from 'zod';
import { EnvelopeHandler, type EnvelopeProcessor, type ReceivedEnvelope } from '../../exchange/index.js';
import { grantInvalid, grantNotHereYet } from '../domain/problems.js';
import { Subjects } from '../queries/subjects.js';
import { GrantStore } from '../storage/grant.store.js';

const nothing = z.strictObject({});

/** Takes in that the other owner takes back, or does not agree to, a grant that is proposed only. */
@EnvelopeHandler('grant.withdrawn', { body: nothing, fromSuspended: true })
export class ReceiveWithdrawal implements EnvelopeProcessor<z.output<typeof nothing>> {
  constructor(
    private readonly store: GrantStore,
    private readonly subjects: Subjects,
  ) {}

  async handle({ from, object: id }: ReceivedEnvelope<z.output<typeof nothing>>): Promise<void> {
    const known = await this.store.lock(id);
    if (!known) throw grantNotHereYet('the grant has not arrived', { grant: id });
    const { grant } = known;
    const owners = await this.subjects.owners(grant);
    if (grant.side === 'GRANTEE' || !owners.includes(from.id)) {
      throw grantInvalid('the sender is no owner of what it names', { grant: id });
    }
    // Both words may cross: once the transaction is on its way, its maker revokes it.
    if (!grant.submission) await this.store.withdraw(id);
  }
}
