import { Injectable } from '@nestjs/common';
import { DocumentVault } from '../../documents/index.js';
import { Exchange } from '../../exchange/index.js';
import { Members } from '../../members/index.js';
import type { Receivable } from '../domain/receivable.js';
import { Statements } from '../queries/statements.js';
import { isOpen } from '../storage/chain-payments.js';
import { PartHolders } from '../storage/part-holders.js';

/**
 * What the obligor said that it paid before the lender came to whom all is due now. It is that lender who acknowledges it, or does not: it
 * has to know whom it went to and by which reference, and not by its holder alone.
 */
@Injectable()
export class EarlierPayments {
  constructor(
    private readonly statements: Statements,
    private readonly vault: DocumentVault,
    private readonly members: Members,
    private readonly holders: PartHolders,
    private readonly exchange: Exchange,
  ) {}

  /**
   * Sends the lender each that waits for its answer once `after` is included, within the current unit of work. None that went to
   * somebody else than it or its holder: that would tell it who financed the claim before (rule 9).
   */
  async show(receivable: Receivable, lender: number, after: string): Promise<void> {
    const { id, supplier, parent } = receivable;
    const holder = parent === null ? supplier : await this.holders.of(receivable);
    const known = await Promise.all(
      [lender, ...(holder === undefined ? [] : [holder])].map((n) => this.members.byId(n)),
    );
    const names = known.map(({ name }) => name);
    const open = (await this.statements.payments(receivable)).filter(isOpen);
    const shown = open.filter(({ fields }) => names.includes(fields?.get('/paidTo') ?? ''));
    const documents = await this.vault.atAll(shown.map(({ root }) => ({ root, object: id })));
    for (const { document, seed } of documents.values()) {
      if (document.model.kind !== 'PAYMENT') continue;
      const body = { content: document.model.content, seed };
      await this.exchange.send({ to: lender, type: 'payment.document', object: id, body, after });
    }
  }
}
