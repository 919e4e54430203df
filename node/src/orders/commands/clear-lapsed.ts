import { Injectable } from '@nestjs/common';
import { Keyring } from '../../chain/index.js';
import type { Hex } from '../../kernel/hex.js';
import { Submissions } from '../../submissions/index.js';
import { type OrderClaim, OrderClaims } from '../queries/order-claims.js';

/** Takes reservations that lapsed off an order, which the chain counts until somebody says so. Anybody may. */
@Injectable()
export class ClearLapsed {
  constructor(
    private readonly claims: OrderClaims,
    private readonly submissions: Submissions,
    private readonly keyring: Keyring,
  ) {}

  /**
   * Sends word of those ahead of whatever the current unit of work submits next for the operator's account, unless it is on its way there
   * (one of another account would be ahead of nothing), and gives the claims that run. That somebody else was faster does no harm: the word is then refused alone. Throws ORDER_UNKNOWN.
   */
  async ensure(order: Hex): Promise<OrderClaim[]> {
    const claims = await this.claims.restingOn(order);
    const lapsed = claims.filter(({ state }) => state === 'NONE').map(({ object }) => object);
    const said = await this.submissions.underWay('clearLapsed', lapsed, this.keyring.operator.address);
    for (const object of lapsed) if (!said.includes(object)) await this.submit(object, order);
    return claims.filter(({ state }) => state !== 'NONE');
  }

  private async submit(object: Hex, order: Hex): Promise<void> {
    await this.submissions.submit({
      act: 'clearLapsed',
      call: { contract: 'ReceivableRegistry', fn: 'lapse', args: [object] },
      account: this.keyring.operator.address,
      subject: { type: object === order ? 'order' : 'receivable', id: object },
    });
  }
}
