import { LookLog } from '../../audit/index.js';
import { together } from '../../database/index.js';
import {
  EnvelopeHandler,
  type EnvelopeProcessor,
  envelopeInParts,
  type LetterPart,
  type ReceivedEnvelope,
} from '../../exchange/index.js';
import type { Hex } from '../../kernel/hex.js';
import type { Problem } from '../../kernel/problem.js';
import { grantInvalid, grantNotHereYet } from '../domain/problems.js';
import { Subjects } from '../queries/subjects.js';
import { GrantStore, type KnownGrant } from '../storage/grant.store.js';
import { type LooksBody, looksBody } from './envelopes.js';
import { byGrant, objectOf } from './look-letters.js';

/** Enters the looks that a grantee's node tells of into this owner's access log: under grants that the chain bears, at what those are for. */
@EnvelopeHandler('grant.looks', { body: looksBody, fromSuspended: true })
export class ReceiveLooks implements EnvelopeProcessor<LooksBody> {
  constructor(
    private readonly store: GrantStore,
    private readonly subjects: Subjects,
    private readonly log: LookLog,
  ) {}

  async handle({ id: envelope, from, object, body }: ReceivedEnvelope<LooksBody>): Promise<void> {
    const parts = this.parts(body);
    if (objectOf(body) !== object) throw grantInvalid('it is about something else than it says', { object });
    const known = await this.store.findMany(parts.map((part) => part.object));
    const byId = new Map(known.map((each) => [each.grant.id, each]));
    const refusals = await together(parts, (part) => this.refusal(from.id, part, byId.get(part.object)));
    const [refused, ...further] = refusals.filter((refusal) => refusal !== undefined);
    if (refused && parts.length === 1) throw refused;
    // A grant that cannot be believed, or not yet, is not to keep the looks under the others.
    if (refused) throw envelopeInParts(refused.message, { code: refused.code, refused: 1 + further.length });
    const who = { viewer: from.name, reader: null, envelope, requestId: null };
    await this.log.take(body.looks.map((look) => ({ ...look, ...who })));
  }

  parts(body: LooksBody): LetterPart<LooksBody>[] {
    return byGrant(body);
  }

  /** Of looks under a grant that is not the sender's, or not for them; GRANT_NOT_HERE_YET as long as the chain bears none. */
  private async refusal(
    from: number,
    { object: id, body: { looks } }: LetterPart<LooksBody>,
    known: KnownGrant | undefined,
  ): Promise<Problem | undefined> {
    if (!known) return grantNotHereYet('the other owner has not told of this grant yet', { grant: id });
    const { grant, chain } = known;
    if (grant.side === 'GRANTEE' || grant.grantee !== from) {
      return grantInvalid('the sender is not the grantee', { grant: id });
    }
    if (chain?.commitment !== grant.commitment) return grantNotHereYet('the chain has no such grant', { grant: id });
    const objects: ReadonlySet<Hex> = await this.subjects.objects(grant);
    const astray = looks.find(({ object }) => !objects.has(object));
    return astray && grantInvalid('it is not for what was looked at', { grant: id, object: astray.object });
  }
}
