import { LookLog } from '../../audit/index.js';
import { EnvelopeHandler, type EnvelopeProcessor, type ReceivedEnvelope } from '../../exchange/index.js';
import { grantInvalid, grantNotHereYet } from '../domain/problems.js';
import { Subjects } from '../queries/subjects.js';
import { GrantStore } from '../storage/grant.store.js';
import { type LooksBody, looksBody } from './envelopes.js';

/** Enters the looks that a grantee's node tells of into this owner's access log: under a grant that the chain bears, at what it is for. */
@EnvelopeHandler('grant.looks', { body: looksBody, fromSuspended: true })
export class ReceiveLooks implements EnvelopeProcessor<LooksBody> {
  constructor(
    private readonly store: GrantStore,
    private readonly subjects: Subjects,
    private readonly log: LookLog,
  ) {}

  async handle({ id: envelope, from, object: id, body }: ReceivedEnvelope<LooksBody>): Promise<void> {
    const known = await this.store.find(id);
    if (!known) throw grantNotHereYet('the other owner has not told of this grant yet', { grant: id });
    const { grant, chain } = known;
    if (grant.side === 'GRANTEE' || grant.grantee !== from.id) {
      throw grantInvalid('the sender is not the grantee', { grant: id });
    }
    if (chain?.commitment !== grant.commitment) throw grantNotHereYet('the chain has no such grant', { grant: id });
    const objects = await this.subjects.objects(grant);
    const astray = body.looks.find(({ object }) => !objects.has(object));
    if (astray) throw grantInvalid('it is not for what was looked at', { grant: id, object: astray.object });
    const who = { grant: id, viewer: from.name, reader: null, envelope, requestId: null };
    await this.log.take(body.looks.map((look) => ({ ...look, ...who })));
  }
}
