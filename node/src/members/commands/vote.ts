import { Injectable } from '@nestjs/common';
import type { Hex } from '../../kernel/hex.js';
import { RegistryCalls } from './registry-call.js';

/** This member's part in what the chambers decide. */
@Injectable()
export class Vote {
  constructor(private readonly calls: RegistryCalls) {}

  /** Casts this member's one vote on a proposal. */
  async cast(id: Hex, approve: boolean): Promise<{ id: Hex; submission: { id: string } }> {
    const submission = await this.calls.asOperator(
      'vote',
      { contract: 'MemberRegistry', fn: 'vote', args: [id, approve] },
      { type: 'proposal', id },
    );
    return { id, submission };
  }

  /** Carries out a proposal that has passed. */
  async execute(id: Hex): Promise<{ id: Hex; submission: { id: string } }> {
    const submission = await this.calls.asOperator(
      'executeProposal',
      { contract: 'MemberRegistry', fn: 'execute', args: [id] },
      { type: 'proposal', id },
    );
    return { id, submission };
  }
}
