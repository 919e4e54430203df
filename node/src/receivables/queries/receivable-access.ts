import { Injectable } from '@nestjs/common';
import { noteLook } from '../../audit/index.js';
import { Keyring } from '../../chain/index.js';
import { DisclosedDocuments } from '../../documents/index.js';
import { Members } from '../../members/index.js';
import { receivableNotDisclosed } from '../domain/problems.js';
import type { Receivable } from '../domain/receivable.js';

const NOTHING = { root: null, fields: [], grant: null, purpose: null };

/** What this member is to a receivable. */
export type Relation = 'PARTY' | 'SHOWN';

/** Who sees a receivable: its parties, and in part whom some of its fields were disclosed to. */
@Injectable()
export class ReceivableAccess {
  constructor(
    private readonly members: Members,
    private readonly disclosed: DisclosedDocuments,
    private readonly keyring: Keyring,
  ) {}

  /** Throws RECEIVABLE_NOT_DISCLOSED when this member is nothing to it, or why what it was granted is not shown. */
  async require(receivable: Receivable): Promise<Relation> {
    const { id } = receivable;
    if (await this.isParty(receivable)) return 'PARTY';
    if ((await this.disclosed.readable([id])).length > 0) return 'SHOWN';
    const refusal = await this.disclosed.refusal(id);
    if (refusal) throw refusal;
    noteLook({ object: id, ...NOTHING, outcome: 'RECEIVABLE_NOT_DISCLOSED' });
    throw receivableNotDisclosed('nothing of it was disclosed to this member; see /v1/registry/receivables', {
      receivable: id,
    });
  }

  /** Whether this member owes it, issued it or what it is a part of, or holds it. */
  async isParty({ id, obligor, supplier, holder }: Receivable): Promise<boolean> {
    const { id: self } = await this.members.self();
    return self === obligor || self === supplier || this.keyring.oneTime(id).address === holder;
  }
}
