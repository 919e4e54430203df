import { Injectable } from '@nestjs/common';
import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import type { Hex } from '../../kernel/hex.js';
import { Members } from '../../members/index.js';
import { GrantStore, type KnownGrant } from '../storage/grant.store.js';
import { GrantedOut } from '../storage/granted-out.js';
import { type GrantView, toView } from './grant-view.js';
import { GrantClock } from './grant-clock.js';

/** Grants as the API shows them to this member. */
@Injectable()
export class GrantViews {
  constructor(
    private readonly store: GrantStore,
    private readonly members: Members,
    private readonly clock: GrantClock,
    private readonly out: GrantedOut,
  ) {}

  /** Throws GRANT_UNKNOWN. */
  async get(id: Hex): Promise<GrantView> {
    const known = await this.store.find(id);
    if (!known) throw CONTRACT_PROBLEMS.GrantUnknown('this node knows no such grant', { grant: id });
    return (await this.of([known]))[0]!;
  }

  async of(grants: readonly KnownGrant[]): Promise<GrantView[]> {
    const nameOf = await this.members.names();
    const tooLarge = await this.out.tooLarge(grants.map(({ grant }) => grant.id));
    return grants.map((known) => toView(known, this.clock.now(), nameOf, tooLarge.get(known.grant.id) ?? []));
  }
}
