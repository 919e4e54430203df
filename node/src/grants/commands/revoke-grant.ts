import { Injectable } from '@nestjs/common';
import { Exchange } from '../../exchange/index.js';
import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import type { Hex } from '../../kernel/hex.js';
import { Members } from '../../members/index.js';
import type { Grant } from '../domain/grant.js';
import { grantAlreadyWithdrawn, grantOfFinancing } from '../domain/problems.js';
import { Subjects } from '../queries/subjects.js';
import { GrantStore } from '../storage/grant.store.js';
import { GrantDesk } from './grant-desk.js';

/** An owner takes back a grant that it made, or either of them one that is proposed only. */
@Injectable()
export class RevokeGrant {
  constructor(
    private readonly store: GrantStore,
    private readonly desk: GrantDesk,
    private readonly members: Members,
    private readonly subjects: Subjects,
    private readonly exchange: Exchange,
  ) {}

  /**
   * With the transaction that ends it, unless it never was on chain. Refuses with GRANT_UNKNOWN, GRANT_NOT_MAKER,
   * GRANT_OF_FINANCING, GRANT_ALREADY_REVOKED, GRANT_ALREADY_WITHDRAWN.
   */
  async run(id: Hex): Promise<{ id: Hex; submission?: string }> {
    const known = await this.store.lock(id);
    if (!known) throw CONTRACT_PROBLEMS.GrantUnknown('this node knows no such grant', { grant: id });
    const { grant, chain } = known;
    if (grant.withdrawn) throw grantAlreadyWithdrawn('it never was on chain', { grant: id });
    if (isProposed(grant)) {
      await this.withdraw(grant);
      return { id };
    }
    if (grant.side !== 'MAKER') throw CONTRACT_PROBLEMS.GrantNotMaker('who made it takes it back', { grant: id });
    if (grant.financing)
      throw grantOfFinancing('withdraw or finish the financing', { grant: id, financing: grant.financing });
    if (!grant.submission) throw CONTRACT_PROBLEMS.GrantUnknown('it is not on chain yet', { grant: id });
    if (chain && chain.revokedAt !== null) {
      throw CONTRACT_PROBLEMS.GrantAlreadyRevoked('it is revoked', { grant: id, revokedAt: chain.revokedAt });
    }
    return { id, submission: grant.revocation ?? (await this.desk.revoke(grant)) };
  }

  /** The grantee has heard nothing of it; the other owner has. */
  private async withdraw(grant: Grant): Promise<void> {
    await this.store.withdraw(grant.id);
    const [self, owners] = await Promise.all([this.members.self(), this.subjects.owners(grant)]);
    for (const to of owners.filter((owner) => owner !== self.id)) {
      await this.exchange.send({ to, type: 'grant.withdrawn', object: grant.id, body: {} });
    }
  }
}

/** Whether it waits for the other owner's word: then each of the two may end it. */
function isProposed({ side, needsApproval, approval, submission }: Grant): boolean {
  return side !== 'GRANTEE' && needsApproval && !approval && !submission;
}
