import { Injectable } from '@nestjs/common';
import { Members } from '../../members/index.js';
import type { Order } from '../domain/order.js';
import { partyOf } from '../domain/party.js';
import { orderNotDisclosed } from '../domain/problems.js';
import { OrderDisclosures } from './order-disclosures.js';
import { Participants } from '../storage/participants.js';

/** What this member is to an order. */
export type Standing = 'PARTY' | 'APPOINTED' | 'SHOWN';

/** Who sees an order: its parties, and in part who was ever appointed on it or was shown fields of it. */
@Injectable()
export class OrderAccess {
  constructor(
    private readonly members: Members,
    private readonly participants: Participants,
    private readonly disclosures: OrderDisclosures,
  ) {}

  /** Throws ORDER_NOT_DISCLOSED when this member is nothing to the order. */
  async require(order: Order): Promise<Standing> {
    const { id: self } = await this.members.self();
    if (partyOf(order, self)) return 'PARTY';
    if ((await this.participants.of(order.id)).some(({ member }) => member === self)) return 'APPOINTED';
    if (await this.disclosures.factsOf(order.commitment)) return 'SHOWN';
    throw orderNotDisclosed('this member is nothing to the order; see /v1/registry/orders', { order: order.id });
  }
}
