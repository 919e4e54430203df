import { Injectable } from '@nestjs/common';
import { Exchange } from '../../exchange/index.js';
import { toOpening } from '../../grants/index.js';
import type { Hex } from '../../kernel/hex.js';
import { Receivables } from '../../receivables/index.js';
import type { Financing } from '../domain/financing.js';
import { FinancingStore } from '../storage/financing.store.js';
import { WatchStore } from '../storage/watch.store.js';
import { AwaitedTags } from './awaited-tags.js';
import type { RequestBody } from './envelopes.js';
import { EvidenceBuilder, MOST_SHOWN, type Showing } from './evidence-builder.js';
import { EvidenceLetters } from './evidence-letters.js';
import { FinancingGrants } from './financing-grants.js';

/** Gets a request to its lender, once the buyer has tagged the orders behind it. */
@Injectable()
export class RequestDelivery {
  constructor(
    private readonly store: FinancingStore,
    private readonly watches: WatchStore,
    private readonly evidence: EvidenceBuilder,
    private readonly letters: EvidenceLetters,
    private readonly receivables: Receivables,
    private readonly tags: AwaitedTags,
    private readonly exchange: Exchange,
    private readonly grants: FinancingGrants,
  ) {}

  /** The same for a new request. Refuses with DISCLOSURE_TOO_LARGE one of which the lender could never be shown all. */
  async begin(financing: Financing): Promise<void> {
    const showing = await this.evidence.documents(financing.object, financing.onOrder, MOST_SHOWN);
    this.letters.requireFit(showing);
    await this.deliver(financing, showing);
  }

  /** Sends a request, or asks the buyer for the tags that it waits for; within the current unit of work. */
  async deliver(financing: Financing, showing?: Showing): Promise<void> {
    const { id, object, onOrder, lender, requested, rollsOver, holderCertificate: certificate } = financing;
    const untagged = await this.tags.untagged(financing);
    const signatures = untagged.length === 0 ? await this.evidence.signatures(object, onOrder) : undefined;
    if (signatures) {
      const { grant, submission: after } = await this.grants.open(financing, MOST_SHOWN);
      const asked = { object, onOrder, requested: { ...requested }, rollsOver, certificate, grant: toOpening(grant) };
      const shown = showing ?? (await this.evidence.documents(object, onOrder, grant.fields));
      await this.letters.send(financing, shown, signatures, {
        after,
        send: (evidence) => {
          const body = { ...asked, evidence } satisfies RequestBody;
          return this.exchange.send({ to: lender, type: 'financing.request', object: id, body, after });
        },
      });
      await this.store.change(id, { sent: true });
      // What had not arrived here yet is to follow, though the chain may say nothing more of it.
      await this.watches.lookAgain(id);
      return;
    }
    await this.tags.ask(untagged);
  }

  /** Sends what waited for an order's tags. */
  async tagsArrived(order: Hex): Promise<void> {
    const born = await this.receivables.bornFrom([order]);
    const waiting = await this.store.of([order, ...born.map(({ id }) => id)]);
    for (const financing of waiting) {
      const { side, sent, status } = financing;
      if (side === 'HOLDER' && !sent && status === 'REQUESTED') await this.deliver(financing);
    }
  }
}
