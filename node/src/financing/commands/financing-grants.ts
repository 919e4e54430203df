import { Injectable } from '@nestjs/common';
import { PROFILES } from '../../documents/index.js';
import { type Grant, GrantClock, GrantDesk, GrantStore } from '../../grants/index.js';
import type { Financing } from '../domain/financing.js';

/** A financing's grant ends with it; this many seconds of block time are only the longest that it could last. */
const LONGEST = 10 * 366 * 86_400;

/** The grant that lets a lender look at what a holder asks money on. */
@Injectable()
export class FinancingGrants {
  constructor(
    private readonly store: GrantStore,
    private readonly desk: GrantDesk,
    private readonly clock: GrantClock,
  ) {}

  /** The financing's grant, made once and on its way to the chain: what is sent under it waits for that submission. */
  async open(financing: Financing, fields: readonly string[]): Promise<{ grant: Grant; submission: string }> {
    const made = (await this.store.ofFinancing(financing.id))?.grant;
    if (made?.submission) return { grant: made, submission: made.submission };
    const { id, object, onOrder, holder: maker, lender: grantee } = financing;
    const { purpose, version: profile } = PROFILES.CREDIT_DECISION;
    const now = this.clock.now();
    const period = { from: now, until: now + LONGEST };
    const draft = { maker, grantee, object, onOrder, purpose, profile, fields, ...period, financing: id };
    const grant = await this.desk.open(draft, false, now);
    return { grant, submission: await this.desk.make(grant) };
  }

  /** Ends it, once. */
  async end(financing: Financing): Promise<void> {
    const known = await this.store.ofFinancing(financing.id);
    if (known && !known.grant.revocation && known.grant.submission) await this.desk.revoke(known.grant);
  }
}
