import { Injectable } from '@nestjs/common';
import type { Hex } from '../../kernel/hex.js';
import type { Receivable } from '../domain/receivable.js';
import type { SignedTag } from '../domain/tags.js';
import { Receivables } from '../queries/receivables.js';
import { type ReceivableDocumentFacts, ReceivableDocuments } from '../storage/receivable-documents.js';
import { TagStore } from '../storage/tag.store.js';

/** Which receivable an invoice backs already. */
@Injectable()
export class FingerprintBearers {
  constructor(
    private readonly receivables: Receivables,
    private readonly documents: ReceivableDocuments,
    private readonly tags: TagStore,
  ) {}

  /**
   * The chain refuses a second receivable over the same instalment of an invoice with one of these fingerprints; this node
   * also one that bears another, since its copy of the invoice names other legal entities of the same parties or other
   * instalments.
   */
  async of(
    receivable: Receivable,
    facts: ReceivableDocumentFacts,
    fingerprints: readonly SignedTag[],
  ): Promise<Hex | undefined> {
    const roots = fingerprints.map(({ tag }) => tag);
    const bearer = await this.tags.bearerOf(receivable.obligor, roots, facts.instalment + 1, facts.instalments);
    if (bearer) return bearer.receivable;
    const copies = await this.documents.ofInvoice(facts.counterparty, facts.numberKey, facts.issueDate);
    for (const copy of copies) {
      if (copy.receivable === receivable.id || isOtherInstalment(copy, facts)) continue;
      const other = await this.receivables.find(copy.receivable);
      if (other?.confirmed && other.status !== 'VOID') return other.id;
    }
    return undefined;
  }
}

function isOtherInstalment(copy: ReceivableDocumentFacts, facts: ReceivableDocumentFacts): boolean {
  const sameInvoice = copy.instalments === facts.instalments && copy.invoiceAmount === facts.invoiceAmount;
  return sameInvoice && copy.instalment !== facts.instalment;
}
