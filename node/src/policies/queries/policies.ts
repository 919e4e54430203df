import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { type FinancingFacts, requireAllowed } from '../domain/financing-rules.js';
import { type Clause, clausesOf, type PackVersion } from '../domain/rule-pack.js';
import { PackStore } from '../storage/pack.store.js';

/** Packs are believed for this long: one that was set at another process of this node is in force within as much. */
const CACHE_MS = 1_000;

/** The rules in force. */
@Injectable()
export class Policies {
  private cached?: { packs: readonly PackVersion[]; until: number };

  constructor(
    private readonly store: PackStore,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  async packs(): Promise<readonly PackVersion[]> {
    if (this.cached && this.cached.until > performance.now()) return this.cached.packs;
    const packs = await this.store.current();
    this.cached = { packs, until: performance.now() + CACHE_MS };
    return packs;
  }

  /** Whether any clause of a kind is in force, for whom its facts cost something. */
  async has(kind: Clause['kind']): Promise<boolean> {
    return clausesOf(await this.packs(), kind).length > 0;
  }

  /** Refuses with POLICY_REFUSES, naming the clause. */
  async requireFinancing(facts: FinancingFacts): Promise<void> {
    requireAllowed(await this.packs(), facts);
  }

  /** Within a unit that sets a pack: it is in force here at the commit. */
  changed(): void {
    this.unitOfWork.afterCommit(() => (this.cached = undefined));
  }
}
