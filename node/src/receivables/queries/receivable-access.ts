import { Injectable } from '@nestjs/common';
import { Members } from '../../members/index.js';
import { receivableNotDisclosed } from '../domain/problems.js';
import type { Receivable } from '../domain/receivable.js';
import { CommittedFields } from './committed-fields.js';

/** What this member is to a receivable. */
export type Standing = 'PARTY' | 'SHOWN';

/** Who sees a receivable: its parties, and in part whom some of its fields were disclosed to. */
@Injectable()
export class ReceivableAccess {
  constructor(
    private readonly members: Members,
    private readonly fields: CommittedFields,
  ) {}

  /** Throws RECEIVABLE_NOT_DISCLOSED when this member is nothing to the receivable. */
  async require({ id, obligor, supplier, commitment }: Receivable): Promise<Standing> {
    const { id: self } = await this.members.self();
    if (self === obligor || self === supplier) return 'PARTY';
    if ((await this.fields.of([commitment])).has(commitment)) return 'SHOWN';
    throw receivableNotDisclosed('nothing of it was disclosed to this member; see /v1/registry/receivables', {
      receivable: id,
    });
  }
}
