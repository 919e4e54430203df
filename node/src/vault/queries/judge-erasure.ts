import { Injectable } from '@nestjs/common';
import { SignedStatements } from '../../chain/index.js';
import { toBytes } from '../../kernel/hex.js';
import { recoverAddress } from '../../kernel/recover.js';
import { liveAt } from '../../members/domain/key-life.js';
import { Members } from '../../members/index.js';
import type { Erasure, ErasureFault, ErasureVerdict } from '../domain/erasure.js';

/** Whether a record of an erasure, whoever brings it, is its member's word. */
@Injectable()
export class JudgeErasure {
  constructor(
    private readonly statements: SignedStatements,
    private readonly members: Members,
  ) {}

  /** Throws MEMBER_UNKNOWN. */
  async run({ member, account, signature, block, ...rest }: Omit<Erasure, 'id' | 'onOrder'>): Promise<ErasureVerdict> {
    const { id } = await this.members.byName(member);
    const digest = toBytes(this.statements.erasureHash({ ...rest, block }));
    if (recoverAddress(digest, toBytes(signature)) !== account) return worthless('ERASURE_FORGED');
    const operator = await this.members.account(account);
    if (operator?.member !== id || !liveAt(operator, block)) return worthless('ERASURE_NOT_OF_MEMBER');
    return { fault: null, inDoubt: operator.doubt_block !== null };
  }
}

const worthless = (fault: ErasureFault): ErasureVerdict => ({ fault, inDoubt: false });
