import { Injectable } from '@nestjs/common';
import { Exchange } from '../../exchange/index.js';
import { statusOf } from '../domain/grant-status.js';
import { grantNotHereYet } from '../domain/problems.js';
import { GrantClock } from '../queries/grant-clock.js';
import { GrantStore, type KnownGrant } from '../storage/grant.store.js';

/** Whether documents may leave under a grant that this member made: asked when they are looked for, and again of each letter that shows them. */
@Injectable()
export class Showing {
  constructor(
    private readonly store: GrantStore,
    private readonly clock: GrantClock,
    exchange: Exchange,
  ) {
    exchange.leavesIf('grant.documents', async (grant) => this.stands(await this.store.find(grant)));
  }

  /** False before it begins, and once it is over or taken back, be it only on the way to the chain. */
  begun(known: KnownGrant): boolean {
    const { grant } = known;
    const now = this.clock.now();
    return !this.isOver(known) && grant.from <= now && now < grant.until;
  }

  /** False once it is over or taken back. Throws GRANT_NOT_HERE_YET while the chain has it not, or not any more, or it has not begun. */
  stands(known: KnownGrant | undefined): boolean {
    if (!known || this.isOver(known)) return false;
    const status = this.statusOf(known);
    if (status === 'ACTIVE') return true;
    throw grantNotHereYet(`it is ${status}`, { grant: known.grant.id, status });
  }

  /** Whether it is over or taken back, be it only on the way to the chain. */
  isOver(known: KnownGrant): boolean {
    const { revocation, withdrawn } = known.grant;
    return revocation !== null || withdrawn || ['EXPIRED', 'REVOKED'].includes(this.statusOf(known));
  }

  private statusOf({ grant, chain }: KnownGrant) {
    return statusOf(grant, chain, this.clock.now());
  }
}
