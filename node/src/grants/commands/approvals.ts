import { Injectable } from '@nestjs/common';
import { SignedStatements } from '../../chain/index.js';
import { IndexHead } from '../../indexer/index.js';
import { toBytes } from '../../kernel/hex.js';
import { recoverAddress } from '../../kernel/recover.js';
import { liveAt } from '../../members/domain/key-life.js';
import { Members } from '../../members/index.js';
import type { Grant, GrantApproval } from '../domain/grant.js';
import { grantInvalid } from '../domain/problems.js';
import { Subjects } from '../queries/subjects.js';

/** Whether an owner's word on a grant is one. */
@Injectable()
export class Approvals {
  constructor(
    private readonly statements: SignedStatements,
    private readonly members: Members,
    private readonly subjects: Subjects,
    private readonly head: IndexHead,
  ) {}

  /** Refuses with GRANT_INVALID unless a live operator of the owner that did not make the grant signed it. */
  async require(grant: Grant, { account, signature }: GrantApproval): Promise<void> {
    const { id, commitment, maker } = grant;
    const digest = toBytes(this.statements.grantApprovalHash({ grant: id, commitment }));
    const signer = await this.members.account(account);
    const other = (await this.subjects.owners(grant)).find((owner) => owner !== maker);
    const live = signer && signer.member === other && liveAt(signer, this.head.current().number);
    if (live && recoverAddress(digest, toBytes(signature)) === account) return;
    throw grantInvalid('the other owner has not agreed to it', { grant: id, account });
  }
}
