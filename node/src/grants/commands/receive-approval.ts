import { EnvelopeHandler, type EnvelopeProcessor, type ReceivedEnvelope } from '../../exchange/index.js';
import { grantInvalid } from '../domain/problems.js';
import { GrantStore } from '../storage/grant.store.js';
import { Approvals } from './approvals.js';
import { type ApprovalBody, approvalBody } from './envelopes.js';
import { MakeGrant } from './make-grant.js';

/** The other owner agrees: the grant goes on chain and to its grantee. */
@EnvelopeHandler('grant.approval', { body: approvalBody })
export class ReceiveApproval implements EnvelopeProcessor<ApprovalBody> {
  constructor(
    private readonly store: GrantStore,
    private readonly approvals: Approvals,
    private readonly making: MakeGrant,
  ) {}

  async handle({ object: id, body: approval }: ReceivedEnvelope<ApprovalBody>): Promise<void> {
    const known = await this.store.lock(id);
    const waits = known?.grant.side === 'MAKER' && known.grant.needsApproval && !known.grant.withdrawn;
    if (!waits || known.grant.submission) {
      throw grantInvalid('no grant of this member awaits it', { grant: id });
    }
    await this.approvals.require(known.grant, approval);
    await this.store.approve(id, approval);
    await this.making.publish({ ...known.grant, approval });
  }
}
