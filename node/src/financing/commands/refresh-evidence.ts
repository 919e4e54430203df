import { Injectable } from '@nestjs/common';
import { Exchange } from '../../exchange/index.js';
import type { Hex } from '../../kernel/hex.js';
import { evidenceInvalid, financingNotHolder } from '../domain/problems.js';
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
  ) {}

  /** Refuses with FINANCING_NOT_HOLDER for the lender's side. */
  async run(id: Hex): Promise<void> {
    const { financing } = await this.positions.lock(id);
    const { side, object, onOrder, lender } = financing;
    if (side !== 'HOLDER') throw financingNotHolder('evidence is the holder’s to show', { financing: id });
    const body = await this.evidence.build(object, onOrder);
    if (!body) throw evidenceInvalid('the buyer’s tags of an order are not here', { financing: id });
    await this.exchange.send({ to: lender, type: 'financing.evidence', object: id, body: body satisfies EvidenceBody });
    await this.shown.add(id, rootsOf(body));
  }
}
