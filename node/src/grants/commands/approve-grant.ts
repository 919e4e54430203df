import { Injectable } from '@nestjs/common';
import { Keyring, SignedStatements } from '../../chain/index.js';
import { Exchange } from '../../exchange/index.js';
import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import type { Hex } from '../../kernel/hex.js';
import { grantNothingToApprove } from '../domain/problems.js';
import { GrantStore } from '../storage/grant.store.js';
import type { ApprovalBody } from './envelopes.js';

/** The other owner agrees that more is shown than the purpose's profile allows. */
@Injectable()
export class ApproveGrant {
  constructor(
    private readonly store: GrantStore,
    private readonly keyring: Keyring,
    private readonly statements: SignedStatements,
    private readonly exchange: Exchange,
  ) {}

  /** Refuses with GRANT_UNKNOWN, GRANT_NOTHING_TO_APPROVE. */
  async run(id: Hex): Promise<void> {
    const { grant } = (await this.store.lock(id)) ?? unknown(id);
    if (grant.side !== 'OWNER' || !grant.needsApproval || grant.approval || grant.withdrawn) {
      throw grantNothingToApprove('it is within its profile, agreed to or taken back already, or this member’s own', {
        grant: id,
      });
    }
    const { operator } = this.keyring;
    const message = this.statements.grantApproval({ grant: id, commitment: grant.commitment });
    const signature = await operator.signMessage(message);
    const approval = { account: operator.address, signature } satisfies ApprovalBody;
    await this.store.approve(id, approval);
    await this.exchange.send({ to: grant.maker, type: 'grant.approval', object: id, body: approval });
  }
}

function unknown(id: Hex): never {
  throw CONTRACT_PROBLEMS.GrantUnknown('this node knows no such grant', { grant: id });
}
