import { Injectable } from '@nestjs/common';
import { Exchange } from '../../exchange/index.js';
import { GrantStore, Showing } from '../../grants/index.js';
import type { Hex } from '../../kernel/hex.js';
import { evidenceGrantEnded, evidenceInvalid, financingNotHolder } from '../domain/problems.js';
import { isOver } from '../domain/states.js';
import { Positions } from '../queries/positions.js';
import { ShownStore } from '../storage/shown.store.js';
import { EvidenceBuilder, rootsOf } from './evidence-builder.js';
import type { EvidenceBody } from './envelopes.js';

/** The holder shows its lender everything again, at once: what is new is shown by itself (watch/push-evidence.ts). */
@Injectable()
export class RefreshEvidence {
  constructor(
    private readonly positions: Positions,
    private readonly evidence: EvidenceBuilder,
    private readonly shown: ShownStore,
    private readonly exchange: Exchange,
    private readonly grants: GrantStore,
    private readonly showing: Showing,
  ) {}

  /**
   * Refuses with FINANCING_NOT_HOLDER for the lender's side; with EVIDENCE_GRANT_ENDED once nothing is shown any more, since the
   * financing is over or its grant is; with EVIDENCE_INVALID while the request itself waits for the buyer's tags.
   */
  async run(id: Hex): Promise<void> {
    const { financing, status } = await this.positions.lock(id);
    const { side, object, onOrder, lender } = financing;
    if (side !== 'HOLDER') throw financingNotHolder('evidence is the holder’s to show', { financing: id });
    const known = await this.grants.ofFinancing(id);
    if (isOver(status) || (known && this.showing.isOver(known)))
      throw evidenceGrantEnded('the lender is shown no more of it', { financing: id, status });
    const body = known && (await this.evidence.build(object, onOrder));
    if (!body) throw evidenceInvalid('the buyer’s tags of an order are not here', { financing: id });
    await this.exchange.send({ to: lender, type: 'financing.evidence', object: id, body: body satisfies EvidenceBody });
    await this.shown.add(id, rootsOf(body));
  }
}
