import { Injectable } from '@nestjs/common';
import { GrantStore, Showing } from '../../grants/index.js';
import type { Hex } from '../../kernel/hex.js';
import { evidenceGrantEnded, evidenceInvalid, financingNotHolder } from '../domain/problems.js';
import { isOver } from '../domain/states.js';
import { Positions } from '../queries/positions.js';
import { ShownStore } from '../storage/shown.store.js';
import { WatchStore } from '../storage/watch.store.js';
import { AwaitedTags } from './awaited-tags.js';
import { EvidenceBuilder } from './evidence-builder.js';
import { EvidenceLetters } from './evidence-letters.js';

/** A document that no letter takes. */
export interface LeftOut {
  readonly root: Hex;
  readonly object: Hex;
}

/** The holder shows its lender everything again: what is new is shown by itself (watch/push-evidence.ts). */
@Injectable()
export class RefreshEvidence {
  constructor(
    private readonly positions: Positions,
    private readonly evidence: EvidenceBuilder,
    private readonly tags: AwaitedTags,
    private readonly letters: EvidenceLetters,
    private readonly shown: ShownStore,
    private readonly watches: WatchStore,
    private readonly grants: GrantStore,
    private readonly showing: Showing,
  ) {}

  /**
   * Gives what is left out, of which the lender sees that it is withheld. Refuses with FINANCING_NOT_HOLDER for the lender's side; with EVIDENCE_GRANT_ENDED once nothing is shown any more, since the
   * financing is over or its grant is; with EVIDENCE_INVALID while the request itself waits for the buyer's tags.
   */
  async run(id: Hex): Promise<LeftOut[]> {
    const { financing, status } = await this.positions.lock(id);
    const { side, object, onOrder } = financing;
    if (side !== 'HOLDER') throw financingNotHolder('evidence is the holder’s to show', { financing: id });
    const known = await this.grants.ofFinancing(id);
    if (isOver(status) || (known && this.showing.isOver(known)))
      throw evidenceGrantEnded('the lender is shown no more of it', { financing: id, status });
    const signatures = known && financing.sent && (await this.evidence.signatures(object, onOrder));
    if (!signatures) throw evidenceInvalid('the buyer’s tags of an order are not here', { financing: id });
    const showing = await this.evidence.documents(object, onOrder, known.grant.fields);
    // Without the tags that a buyer owes by now its lender would refuse what it judges the claim by: that goes once they are here.
    const held = new Set((await this.tags.lack(financing)) ? await this.evidence.judgedBy(object, onOrder) : []);
    const ready = showing.documents.filter(({ root }) => !held.has(root));
    await this.letters.send(financing, { ...showing, documents: ready }, signatures);
    if (held.size > 0) await this.showOnceTagged(id, [...held]);
    return this.letters.tooLarge(showing).map(({ root, object }) => ({ root, object }));
  }

  private async showOnceTagged(id: Hex, roots: readonly Hex[]): Promise<void> {
    await this.shown.forget(id, roots);
    await this.watches.lookAgain(id);
  }
}
