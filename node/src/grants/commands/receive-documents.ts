import { EnvelopeHandler, type EnvelopeProcessor, type ReceivedEnvelope } from '../../exchange/index.js';
import { statusOf } from '../domain/grant-status.js';
import { grantInvalid, grantNotHereYet } from '../domain/problems.js';
import { GrantClock } from '../queries/grant-clock.js';
import { GrantStore } from '../storage/grant.store.js';
import { type DocumentsBody, documentsBody, rootsCarried } from './envelopes.js';
import { TakeDocuments } from './take-documents.js';

/** Takes in documents that came into being while a grant stands. */
@EnvelopeHandler('grant.documents', { body: documentsBody, carries: rootsCarried })
export class ReceiveDocuments implements EnvelopeProcessor<DocumentsBody> {
  constructor(
    private readonly store: GrantStore,
    private readonly clock: GrantClock,
    private readonly documents: TakeDocuments,
  ) {}

  async handle({ from, object: id, body }: ReceivedEnvelope<DocumentsBody>): Promise<void> {
    const known = await this.store.lock(id);
    if (!known) throw grantNotHereYet('the grant has not arrived', { grant: id });
    const { grant, chain } = known;
    if (grant.side !== 'GRANTEE' || grant.maker !== from.id || grant.financing) {
      throw grantInvalid('it is not the sender’s grant to this member', { grant: id });
    }
    const status = statusOf(grant, chain, this.clock.now());
    if (status === 'EXPIRED' || status === 'REVOKED') throw grantInvalid(`it is ${status}`, { grant: id });
    await this.documents.run(grant, body.documents);
  }
}
