import { Injectable } from '@nestjs/common';
import { noteLook } from '../../audit/index.js';
import { Members } from '../../members/index.js';
import type { Order } from '../domain/order.js';
import { partyOf } from '../domain/party.js';
import { orderDocumentNotShown, orderNotDisclosed } from '../domain/problems.js';
import { DisclosedDocuments } from '../../documents/index.js';
import { Participants } from '../storage/participants.js';

const NOTHING = { root: null, fields: [], grant: null, purpose: null };

/** What this member is to an order. */
export type Relation = 'PARTY' | 'APPOINTED' | 'SHOWN';

/** Who sees an order: its parties, and in part who was ever appointed on it or was shown fields of it. */
@Injectable()
export class OrderAccess {
  constructor(
    private readonly members: Members,
    private readonly participants: Participants,
    private readonly disclosed: DisclosedDocuments,
  ) {}

  /** Throws ORDER_NOT_DISCLOSED when this member is nothing to the order, or why what it was granted is not shown. */
  async require(order: Order): Promise<Relation> {
    const { id: self } = await this.members.self();
    if (partyOf(order, self)) return 'PARTY';
    if ((await this.participants.of(order.id)).some(({ member }) => member === self)) return 'APPOINTED';
    if ((await this.disclosed.readable([order.id])).length > 0) return 'SHOWN';
    const refusal = await this.disclosed.refusal(order.id);
    if (refusal) throw refusal;
    noteLook({ object: order.id, ...NOTHING, outcome: 'ORDER_NOT_DISCLOSED' });
    throw orderNotDisclosed('this member is nothing to the order; see /v1/registry/orders', { order: order.id });
  }

  /** Refuses the whole document to who was granted some fields of it; a refused look. */
  refuseDocument({ id: order, commitment: root }: Order): never {
    const problem = orderDocumentNotShown('a grant shows fields', {
      order,
      disclosure: `/v1/orders/${order}/disclosure`,
    });
    noteLook({ object: order, root, fields: [''], grant: null, purpose: null, outcome: problem.code });
    throw problem;
  }
}
