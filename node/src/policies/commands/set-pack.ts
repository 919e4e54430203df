import { Injectable } from '@nestjs/common';
import { policyStale } from '../domain/problems.js';
import type { RulePack, Scope } from '../domain/rule-pack.js';
import { Policies } from '../queries/policies.js';
import { PackStore } from '../storage/pack.store.js';

/** Puts a new version of the rules in force. */
@Injectable()
export class SetPack {
  constructor(
    private readonly store: PackStore,
    private readonly policies: Policies,
  ) {}

  /** `replaces` is the version that was read, 0 for none. Answers the new version. Problem: POLICY_STALE. */
  async run(scope: Scope, { clauses }: RulePack, replaces: number, by: string): Promise<number> {
    const current = await this.store.lockedVersion(scope);
    if (current !== replaces) throw policyStale(`version ${current} is in force`, { scope, current, replaces });
    const version = current + 1;
    await this.store.add({ scope, version, clauses }, by);
    this.policies.changed();
    return version;
  }
}
