import { Injectable } from '@nestjs/common';
import { RegistryDomains } from '../../chain/index.js';
import { type BatchPlace, standsAt } from '../../orders/domain/batch-place.js';
import { BatchedOrders, ShownOrderLeaves } from '../../orders/index.js';
import { grantInvalid, grantNotHereYet } from '../domain/problems.js';
import type { Subject } from '../queries/subjects.js';

/** Where an order of a batch stands, said by whoever grants access to it: the chain has but the batch's root. */
@Injectable()
export class OrderPlaces {
  constructor(
    private readonly batched: BatchedOrders,
    private readonly shown: ShownOrderLeaves,
    private readonly domains: RegistryDomains,
  ) {}

  /** The place of an order that is no chain object of its own. */
  async own({ object, onOrder }: Subject): Promise<BatchPlace | undefined> {
    const found = onOrder ? (await this.batched.places([object])).get(object) : undefined;
    if (!found) return undefined;
    const { buyer, root, index, expiry, commitment, tag, proof } = found;
    return { buyer, root, index, expiry, commitment, tag, proof };
  }

  /** Keeps a place that leads from the order to a root on chain. Refuses any other with GRANT_INVALID; GRANT_NOT_HERE_YET while the chain has no such batch. */
  async take({ object, onOrder }: Subject, place: BatchPlace): Promise<void> {
    const { buyer, root } = place;
    const supplier = await this.batched.supplierOf(buyer, root);
    if (supplier === undefined)
      throw grantNotHereYet('the chain has no such batch as far as it is indexed here', { object, root });
    if (!onOrder || !standsAt(object, place, this.domains.of('OrderRegistry'), supplier))
      throw grantInvalid('the order is not at the place of the batch that is shown', { object, root });
    await this.shown.keep(object, place);
  }
}
