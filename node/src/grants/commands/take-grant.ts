import { Injectable } from '@nestjs/common';
import { Profiles } from '../../documents/index.js';
import { Members } from '../../members/index.js';
import type { Grant, GrantApproval, GrantOpening, GrantSide } from '../domain/grant.js';
import { grantInvalid, grantNotHereYet } from '../domain/problems.js';
import { isPurposeFor } from '../domain/purpose-for.js';
import { GrantClock } from '../queries/grant-clock.js';
import { ChainGrants } from '../queries/chain-grants.js';
import { GrantStore } from '../storage/grant.store.js';
import { Approvals } from './approvals.js';
import { commitmentOf } from './grant-commitment.js';

/** Takes in a grant that another member made, if it is the one that the chain has. */
@Injectable()
export class TakeGrant {
  constructor(
    private readonly members: Members,
    private readonly profiles: Profiles,
    private readonly chain: ChainGrants,
    private readonly approvals: Approvals,
    private readonly clock: GrantClock,
    private readonly store: GrantStore,
  ) {}

  /**
   * As its grantee. Refuses with GRANT_INVALID another maker than who sent it, another grantee than this member, another
   * opening than the chain's, a purpose that is not one for this member; PURPOSE_UNKNOWN. GRANT_NOT_HERE_YET while the chain has it not.
   */
  async given(from: number, opening: GrantOpening, approval: GrantApproval | null): Promise<Grant> {
    const self = await this.members.self();
    const { id, maker, grantee, purpose, profile } = opening;
    if (maker !== from || grantee !== self.id) throw grantInvalid('it is another member’s', { grant: id });
    // As its maker's node refuses too, if it is an honest one.
    if (!isPurposeFor(this.profiles.require(purpose, profile), self)) {
      throw grantInvalid('its purpose is not one for this member', { grant: id, purpose });
    }
    const grant = this.grantOf(opening, 'GRANTEE', approval !== null, approval);
    const onChain = await this.chain.find(id);
    if (!onChain) throw grantNotHereYet('the chain has no such grant as far as it is indexed here', { grant: id });
    if (onChain.commitment !== grant.commitment) throw grantInvalid('it does not open its commitment', { grant: id });
    if (approval) await this.approvals.require(grant, approval);
    await this.store.displace(grant);
    if (await this.store.add(grant)) return grant;
    throw grantInvalid('it was given before', { grant: id });
  }

  /**
   * As the other owner, whether the chain has it or not. Refuses with GRANT_INVALID another opening than the chain's; with
   * GRANT_NOT_HERE_YET one of two that only the chain can tell apart.
   */
  async shared(opening: GrantOpening, needsApproval: boolean): Promise<void> {
    const grant = this.grantOf(opening, 'OWNER', needsApproval, null);
    const { id, commitment } = grant;
    const onChain = await this.chain.find(id);
    if (onChain && onChain.commitment !== commitment)
      throw grantInvalid('it does not open its commitment', { grant: id });
    if (onChain) await this.store.displace(grant);
    if ((await this.store.add(grant)) || (await this.store.find(id))?.grant.commitment === commitment) return;
    throw grantNotHereYet('another opening of its id came before, and the chain has neither yet', { grant: id });
  }

  private grantOf(
    opening: GrantOpening,
    side: GrantSide,
    needsApproval: boolean,
    approval: GrantApproval | null,
  ): Grant {
    const none = { random: null, withdrawn: false, submission: null, revocation: null };
    const commitment = commitmentOf(opening);
    return { ...opening, ...none, side, commitment, needsApproval, approval, createdAt: this.clock.now() };
  }
}
