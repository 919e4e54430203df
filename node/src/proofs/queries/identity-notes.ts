import { Injectable } from '@nestjs/common';
import { Config } from '../../config/index.js';
import { Members } from '../../members/index.js';
import type { IdentityNotes } from '../verify/evidence.js';

/** An act of a party: who, and the block that included it. */
export interface PartyAct {
  readonly member: number;
  readonly block: number;
}

/** Looks for keys in doubt behind acts, and says how legal entities are known. */
@Injectable()
export class IdentityNotesQuery {
  constructor(
    private readonly members: Members,
    private readonly config: Config,
  ) {}

  /** Which of a member's accounts sent an act is not kept, so each that was live and in doubt at its block counts. */
  async of(acts: readonly PartyAct[]): Promise<IdentityNotes> {
    const accounts = await Promise.all(
      acts.map(async ({ member, block }) => {
        const live = await this.members.accountsOf(member);
        return live.filter(
          ({ added_block: added, revoked_block: revoked, doubt_block: doubt }) =>
            added <= block && (revoked === null || block < revoked) && doubt !== null && doubt <= block,
        );
      }),
    );
    return { inDoubt: [...new Set(accounts.flat().map(({ account }) => account))], parties: this.config.parties };
  }
}
