import { Injectable } from '@nestjs/common';
import {
  commit,
  commitmentFields,
  DocumentVault,
  type Field,
  newSeed,
  NOT_COMMITTED_TO,
  type TradeDocument,
} from '../../documents/index.js';
import type { Hex } from '../../kernel/hex.js';
import type { Root, Seed } from '../../kernel/ids.js';
import { receivableCommitmentMismatch } from '../domain/problems.js';

/** What a document is bound to: an order, or a receivable with its orders. */
export interface PaperSubject {
  readonly orders: readonly Hex[];
  readonly receivable?: Hex;
  /** Which of an invoice's instalments, from 0. */
  readonly instalment?: number;
}

/** A document committed to. */
export interface Paper<D extends TradeDocument = TradeDocument> {
  readonly document: D;
  /** All that was committed to: what it is bound to, and its own. */
  readonly fields: readonly Field[];
  readonly seed: Seed;
  readonly root: Root;
}

/** Documents about receivables: committed to, kept in the vault, and rebuilt from what another member sent. */
@Injectable()
export class Papers {
  constructor(private readonly vault: DocumentVault) {}

  /** Commits to a document under a new seed and keeps it, within the current unit of work. */
  async write<D extends TradeDocument>(subject: PaperSubject, document: D): Promise<Paper<D>> {
    const paper = this.rebuild(subject, document, newSeed());
    await this.keep(subject, paper);
    return paper;
  }

  /** What a document and its seed come to. */
  rebuild<D extends TradeDocument>(subject: PaperSubject, document: D, seed: Hex): Paper<D> {
    const fields = fieldsOf(subject, document);
    return { document, fields, seed: seed as Seed, root: commit(fields, seed as Seed).root };
  }

  /** Keeps a document that came to a root which the chain has; with any other RECEIVABLE_COMMITMENT_MISMATCH. False if it was here. */
  async take(subject: PaperSubject, paper: Paper, roots: readonly (Hex | null)[]): Promise<boolean> {
    if (!roots.includes(paper.root)) {
      throw receivableCommitmentMismatch(`the document comes to another root than the chain has: ${NOT_COMMITTED_TO}`, {
        root: paper.root,
        expected: roots.filter((root) => root !== null),
      });
    }
    return this.keep(subject, paper);
  }

  private keep(subject: PaperSubject, { document, fields, seed, root }: Paper): Promise<boolean> {
    const object = subject.receivable ?? subject.orders[0]!;
    return this.vault.store(document, { object, version: 1, root, seed, fields });
  }
}

function fieldsOf({ orders, receivable, instalment }: PaperSubject, document: TradeDocument) {
  return commitmentFields(document, { version: 1, orders, receivable, instalment });
}

/** What papers about a receivable are bound to. */
export const subjectOf = ({ id, orders }: { id: Hex; orders: readonly Hex[] }): PaperSubject => ({
  orders,
  receivable: id,
});
