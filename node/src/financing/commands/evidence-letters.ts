import { Injectable, Logger } from '@nestjs/common';
import { Exchange } from '../../exchange/index.js';
import type { Hex } from '../../kernel/hex.js';
import { inPortions, jsonBytes } from '../../kernel/portions.js';
import type { Financing } from '../domain/financing.js';
import { disclosureTooLarge } from '../domain/problems.js';
import { ShownStore } from '../storage/shown.store.js';
import { type EvidenceBody, MOST_DOCUMENTS } from './envelopes.js';
import type { Showing, Signatures } from './evidence-builder.js';

/** What one letter shows; a larger document goes alone. */
const LETTER_BYTES = 1024 * 1024;
/** In how many letters goes again what was not taken in: one document each, unless they are more. */
const MOST_AGAIN = 64;

/** Evidence as it goes to lenders: in as many letters as it takes, all written down together. */
@Injectable()
export class EvidenceLetters {
  private readonly logger = new Logger(EvidenceLetters.name);

  constructor(
    private readonly exchange: Exchange,
    private readonly shown: ShownStore,
  ) {}

  /**
   * Sends it within the current unit of work; with `first` that takes the first portion along, and is sent whatever there is to show. What no
   * letter can take is left out, now and later: to the lender it is as withheld. What went in letters that it did not take in goes again by
   * itself: what it refuses for good would take all else in its letter along, each time.
   */
  async send(
    { id, lender: to }: Financing,
    showing: Showing,
    signatures: Signatures,
    first?: { readonly after: string; send(evidence: EvidenceBody): Promise<string> },
  ): Promise<void> {
    const { documents, items } = showing;
    const beyond = this.tooLarge(showing);
    const fitting = documents.filter((document) => !beyond.includes(document));
    if (beyond.length > 0) this.logger.warn({ financing: id }, 'a document is larger than any letter');
    const limits = { bytes: Math.min(LETTER_BYTES, this.most), items: MOST_DOCUMENTS };
    // A new request shows all anew, of which nothing was refused beside it.
    const untaken = new Set(first ? [] : await this.untaken({ id }));
    const again = fitting.filter(({ root }) => untaken.has(root));
    const portions = [
      ...inPortions(
        fitting.filter((document) => !again.includes(document)),
        jsonBytes,
        limits,
      ),
      ...inPortions(again, jsonBytes, { ...limits, items: Math.ceil(again.length / MOST_AGAIN) }),
    ];
    const show = (documents: EvidenceBody['documents'], letter: string | null) =>
      this.shown.add(
        id,
        documents.map(({ root }) => root),
        items,
        letter,
      );
    if (first) {
      const documents = portions.shift() ?? [];
      await show(documents, await first.send({ documents, ...signatures }));
    }
    for (const documents of portions) {
      const body = { documents, ...signatures } satisfies EvidenceBody;
      await show(
        documents,
        await this.exchange.send({ to, type: 'financing.evidence', object: id, body, after: first?.after }),
      );
    }
    if (beyond.length > 0) await show(beyond, null);
  }

  /** Of what a lender was shown, what went in a letter that it did not take in, say since a buyer's new tag key had just come between. */
  async untaken({ id }: Pick<Financing, 'id'>): Promise<Hex[]> {
    const letters = await this.shown.letters(id);
    const untaken = await this.exchange.untaken([...new Set(letters.values())]);
    return [...letters].flatMap(([root, letter]) => (untaken.has(letter) ? [root] : []));
  }

  /** Refuses with DISCLOSURE_TOO_LARGE what cannot be shown since no letter takes it. */
  requireFit(showing: Showing): void {
    const [beyond] = this.tooLarge(showing);
    if (!beyond) return;
    const facts = { root: beyond.root, object: beyond.object, limit: this.most };
    throw disclosureTooLarge('what its lender would have to see of a document is more than a letter takes', facts);
  }

  /** What no letter takes. */
  tooLarge({ documents }: Showing): EvidenceBody['documents'] {
    return documents.filter((document) => jsonBytes(document) > this.most);
  }

  /** Bytes of the largest document that a letter shows; the rest of it is for signatures and the request itself. */
  private get most(): number {
    return Math.floor((this.exchange.largestBody * 7) / 8);
  }
}
