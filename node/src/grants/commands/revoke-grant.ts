import { Injectable } from '@nestjs/common';
import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import type { Hex } from '../../kernel/hex.js';
import { grantOfFinancing } from '../domain/problems.js';
import { GrantStore } from '../storage/grant.store.js';
import { GrantDesk } from './grant-desk.js';

/** An owner takes back a grant that it made. */
@Injectable()
export class RevokeGrant {
  constructor(
    private readonly store: GrantStore,
    private readonly desk: GrantDesk,
  ) {}

  /** Refuses with GRANT_UNKNOWN, GRANT_NOT_MAKER, GRANT_OF_FINANCING, GRANT_ALREADY_REVOKED. */
  async run(id: Hex): Promise<{ id: Hex; submission: string }> {
    const known = await this.store.lock(id);
    if (!known) throw CONTRACT_PROBLEMS.GrantUnknown('this node knows no such grant', { grant: id });
    const { grant, chain } = known;
    if (grant.side !== 'MAKER') throw CONTRACT_PROBLEMS.GrantNotMaker('who made it takes it back', { grant: id });
    if (grant.financing)
      throw grantOfFinancing('withdraw or finish the financing', { grant: id, financing: grant.financing });
    if (!grant.submission) throw CONTRACT_PROBLEMS.GrantUnknown('it is not on chain yet', { grant: id });
    if (chain && chain.revokedAt !== null) {
      throw CONTRACT_PROBLEMS.GrantAlreadyRevoked('it is revoked', { grant: id, revokedAt: chain.revokedAt });
    }
    return { id, submission: grant.revocation ?? (await this.desk.revoke(grant)) };
  }
}
