import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { RegistryDomains } from '../../chain/index.js';
import { PG_POOL } from '../../database/index.js';
import { type IndexChecksum, indexChecksum } from '../../indexer/index.js';
import type { Hex } from '../../kernel/hex.js';
import { Members } from '../../members/index.js';
import { signStanding } from '../domain/standing.js';
import { ExchangeKeys } from '../keys.js';

/** Checksums are kept for as long as they took, so many times over: whoever asks often costs no more than a tenth. */
const KEPT_TIMES = 10;
const KEPT_MS = 1_000;

/** What this node says of its index to whoever asks: nothing that another member's index does not hold. */
@Injectable()
export class OwnStanding {
  private checksum?: Promise<IndexChecksum>;
  private until = 0;

  constructor(
    @Inject(PG_POOL) private readonly pool: pg.Pool,
    private readonly members: Members,
    private readonly domains: RegistryDomains,
    private readonly keys: ExchangeKeys,
  ) {}

  /** A standing (JWS) that answers this challenge. Refuses with OWN_KEY_NOT_LIVE. */
  async answer(challenge: Hex): Promise<string> {
    const [{ block, tables }, { id: member }, key] = await Promise.all([
      this.current(),
      this.members.self(),
      this.keys.signing(),
    ]);
    const domain = this.domains.of('MemberRegistry');
    const [time, rows] = [new Date().toISOString(), tables.map((table) => ({ ...table }))];
    return signStanding({ v: 1, challenge, domain, member, time, block: { ...block }, tables: rows }, key);
  }

  private current(): Promise<IndexChecksum> {
    if (this.checksum && performance.now() < this.until) return this.checksum;
    const began = performance.now();
    // Until it is there, and known what it took, all who ask wait for this one.
    this.until = Infinity;
    this.checksum = indexChecksum(this.pool).finally(() => {
      this.until = performance.now() + Math.max(KEPT_MS, KEPT_TIMES * (performance.now() - began));
    });
    this.checksum.catch(() => (this.until = 0));
    return this.checksum;
  }
}
