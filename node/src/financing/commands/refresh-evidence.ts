import { Injectable } from '@nestjs/common';
import { GrantStore, Showing } from '../../grants/index.js';
import type { Hex } from '../../kernel/hex.js';
import { evidenceGrantEnded, evidenceInvalid, financingNotHolder } from '../domain/problems.js';
import { isOver } from '../domain/states.js';
import { Positions } from '../queries/positions.js';
import { EvidenceBuilder } from './evidence-builder.js';
import { EvidenceLetters } from './evidence-letters.js';

/** The holder shows its lender everything again, at once: what is new is shown by itself (watch/push-evidence.ts). */
@Injectable()
export class RefreshEvidence {
  constructor(
    private readonly positions: Positions,
    private readonly evidence: EvidenceBuilder,
    private readonly letters: EvidenceLetters,
    private readonly grants: GrantStore,
    private readonly showing: Showing,
  ) {}

  /**
   * Refuses with FINANCING_NOT_HOLDER for the lender's side; with EVIDENCE_GRANT_ENDED once nothing is shown any more, since the
   * financing is over or its grant is; with EVIDENCE_INVALID while the request itself waits for the buyer's tags; with
   * DISCLOSURE_TOO_LARGE.
   */
  async run(id: Hex): Promise<void> {
    const { financing, status } = await this.positions.lock(id);
    const { side, object, onOrder } = financing;
    if (side !== 'HOLDER') throw financingNotHolder('evidence is the holder’s to show', { financing: id });
    const known = await this.grants.ofFinancing(id);
    if (isOver(status) || (known && this.showing.isOver(known)))
      throw evidenceGrantEnded('the lender is shown no more of it', { financing: id, status });
    const signatures = known && (await this.evidence.signatures(object, onOrder));
    if (!signatures) throw evidenceInvalid('the buyer’s tags of an order are not here', { financing: id });
    const showing = await this.evidence.documents(object, onOrder);
    this.letters.requireFit(showing);
    await this.letters.send(financing, showing, signatures);
  }
}
