import { Injectable } from '@nestjs/common';
import type { Hex } from '../../kernel/hex.js';
import { FollowValidators } from '../commands/follow-validators.js';
import { ValidatorChangeStore } from '../storage/validator-change.store.js';
import { SealsRefused } from '../verify/qbft/seals.js';
import { NodeTrust } from './node-trust.js';
import { proofUnavailable } from './problems.js';

/** Changes of validators since what this node pins, as files carry them. */
@Injectable()
export class HeaderLineage {
  constructor(
    private readonly validators: FollowValidators,
    private readonly changes: ValidatorChangeStore,
    private readonly trust: NodeTrust,
  ) {}

  /** Those up to a block. Throws PROOF_UNAVAILABLE when the chain's validators do not follow from what is pinned. */
  async upTo(block: number): Promise<readonly (readonly Hex[])[]> {
    try {
      await this.validators.upTo(block);
    } catch (error) {
      if (!(error instanceof SealsRefused)) throw error;
      throw proofUnavailable(`the chain's validators do not follow from this node's trust file: ${error.message}`);
    }
    const base = await this.trust.base();
    const lineage = (await this.changes.after(base.checkpoint.number)).map(({ headers }) => headers);
    return lineage.filter((change) => change.length > 0);
  }
}
