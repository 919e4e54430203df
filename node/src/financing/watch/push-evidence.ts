import { Injectable } from '@nestjs/common';
import { DocumentVault } from '../../documents/index.js';
import { Exchange } from '../../exchange/index.js';
import { GrantStore } from '../../grants/index.js';
import { LineageDocuments, Receivables } from '../../receivables/index.js';
import type { EvidenceBody } from '../commands/envelopes.js';
import { EvidenceBuilder, rootsOf } from '../commands/evidence-builder.js';
import type { Financing } from '../domain/financing.js';
import { ShownStore } from '../storage/shown.store.js';

/** The holder shows its lender what came about since: receipts, changes, credit notes, disputes, other invoices. */
@Injectable()
export class PushEvidence {
  constructor(
    private readonly lineage: LineageDocuments,
    private readonly receivables: Receivables,
    private readonly vault: DocumentVault,
    private readonly shown: ShownStore,
    private readonly evidence: EvidenceBuilder,
    private readonly exchange: Exchange,
    private readonly grants: GrantStore,
  ) {}

  /** Sends what the lender has not seen, within the current unit of work. Gives whether some of it is not here yet. Nothing once its grant is revoked. */
  async run({ id, object, onOrder, lender, sent }: Financing): Promise<boolean> {
    if (!sent || (await this.grants.ofFinancing(id))?.grant.revocation) return false;
    const receivable = onOrder ? undefined : await this.receivables.get(object);
    const commitments = [
      ...(receivable ? await this.lineage.ofReceivable(receivable) : await this.lineage.ofOrder(object)),
      ...(await this.evidence.proposed(object, receivable)),
    ];
    const shown = await this.shown.of(id);
    const unseen = commitments.filter(({ root }) => !shown.has(root));
    if (unseen.length === 0) return false;
    const here = await this.vault.atAll(unseen);
    if (here.size > 0) {
      const body = await this.evidence.build(object, onOrder);
      if (!body) return true;
      await this.exchange.send({
        to: lender,
        type: 'financing.evidence',
        object: id,
        body: body satisfies EvidenceBody,
      });
      await this.shown.add(id, rootsOf(body));
    }
    return unseen.some(({ root }) => !here.has(root));
  }
}
