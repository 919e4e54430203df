import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { Exchange } from '../../exchange/index.js';
import { GrantStore, Showing } from '../../grants/index.js';
import type { Hex } from '../../kernel/hex.js';
import { OneTimeAccounts } from '../../members/index.js';
import { financingRequestHeld } from '../domain/problems.js';
import { isOver } from '../domain/states.js';
import { Positions } from '../queries/positions.js';
import { FinancingStore } from '../storage/financing.store.js';
import { AwaitedTags } from './awaited-tags.js';
import { RequestDelivery } from './request-delivery.js';

/**
 * What shows a lender documents leaves while the financing runs and its grant stands: a lender that was down is shown nothing of what is over.
 * A request leaves with words that count by then: it is written anew once buyers' next ones are here, or with a certificate of today.
 */
@Injectable()
export class FinancingLetters {
  constructor(
    private readonly positions: Positions,
    private readonly grants: GrantStore,
    private readonly showing: Showing,
    private readonly exchange: Exchange,
    private readonly store: FinancingStore,
    private readonly tags: AwaitedTags,
    private readonly accounts: OneTimeAccounts,
    private readonly delivery: RequestDelivery,
    private readonly unitOfWork: UnitOfWork,
  ) {
    exchange.leavesIf('financing.request', async (id) => (await this.shows(id)) && this.isMeant(id));
    exchange.leavesIf('financing.evidence', async (id) => (await this.shows(id)) && this.follows(id));
  }

  private async shows(id: Hex): Promise<boolean> {
    const { status } = await this.positions.get(id);
    return !isOver(status) && this.showing.stands(await this.grants.ofFinancing(id));
  }

  /**
   * Whether a request is not to be written anew, or was since (`RequestDelivery`): a buyer may have listed a tag key or revoked the operator that
   * signed its word while the letter waited, and its lender relies on the word of neither; nor on that of an operator of this member which
   * certified who holds the claim and is revoked.
   */
  private isMeant(id: Hex): Promise<boolean> {
    return this.unitOfWork.run(async () => {
      const { financing, status } = await this.positions.lock(id);
      // Who answered has it, and what leaves fetches its receipt.
      if (status !== 'REQUESTED') return true;
      if (!financing.sent || (await this.exchange.onTheirWay('financing.request', id)) > 1) return false;
      const untagged = await this.tags.untagged(financing);
      if (untagged.length > 0) {
        await this.store.change(id, { sent: false });
        await this.tags.ask(untagged);
        return false;
      }
      const { object, holderCertificate } = financing;
      if (!holderCertificate || (await this.accounts.stands(holderCertificate))) return true;
      const anew = { holderCertificate: await this.accounts.certify(object) };
      await this.store.change(id, anew);
      await this.delivery.deliver({ ...financing, ...anew });
      return false;
    });
  }

  /**
   * Ahead of a request that was set aside its lender would refuse evidence for good. Throws FINANCING_REQUEST_HELD. One that is written anew shows
   * all once more, so that what was to follow the one before is not meant any more.
   */
  private async follows(id: Hex): Promise<boolean> {
    if (await this.exchange.isSetAside('financing.request', id))
      throw financingRequestHeld('retry or discard the request, which is set aside', { financing: id });
    const { sent } = (await this.store.find(id))!;
    return sent && (await this.exchange.onTheirWay('financing.request', id)) === 0;
  }
}
