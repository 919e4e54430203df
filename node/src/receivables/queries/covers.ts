import { Injectable } from '@nestjs/common';
import type { Hex } from '../../kernel/hex.js';
import { minorUnits } from '../../kernel/money.js';
import { defineProblem } from '../../kernel/problem.js';
import { Rational } from '../../kernel/rational.js';
import { normaliseNumber } from '../../members/domain/tags.js';
import { Orders } from '../../orders/index.js';
import { decodeScope } from '../domain/confirmation-scope.js';
import type { Claim, Undertaking } from '../domain/cover/claim.js';
import { claimOf } from '../domain/cover/claim-of.js';
import type { Cover } from '../domain/cover/cover.js';
import { lineageCover } from '../domain/cover/lineage-cover.js';
import { partCover } from '../domain/cover/part-cover.js';
import { LinesToMeet, type OrderLine } from '../domain/cover/line-meeting.js';
import type { DocumentFields } from '../domain/documents/fields.js';
import { type OrderFacts, readConfirmation, readInvoice, readOrder } from '../domain/documents/read-documents.js';
import type { InvoiceFacts } from '../domain/invoice-facts.js';
import type { Receivable } from '../domain/receivable.js';
import { readPart } from '../domain/split/part-terms.js';
import { ReceivableStore } from '../storage/receivable.store.js';
import { CommittedFields } from './committed-fields.js';
import { Deductions } from './deductions.js';
import { GoodsReceivedQuery } from './goods-received.js';
import { LineageSources } from './lineage-sources.js';

export const coverNotShown = defineProblem({
  code: 'COVER_NOT_SHOWN',
  status: 409,
  title: 'Documents that decide the cover are not here',
  rule: '5',
  passing: true,
});

/** A receivable's cover, in its currency. */
export interface ReceivableCover {
  readonly cover: Cover;
  /** By the invoice or its instalment, of a part by its own document. */
  readonly payable: Rational;
  readonly currency: string;
  readonly minorDigits: number;
}

type Known = ReadonlyMap<Hex, DocumentFields>;

/** Cover of receivables (rule 5), from the documents that this member has or was shown, as of the indexed head. */
@Injectable()
export class Covers {
  constructor(
    private readonly store: ReceivableStore,
    private readonly orders: Orders,
    private readonly fields: CommittedFields,
    private readonly received: GoodsReceivedQuery,
    private readonly deductions: Deductions,
    private readonly sources: LineageSources,
  ) {}

  /**
   * Throws COVER_NOT_SHOWN, naming the commitments, when a document that decides it is not here: an order, an invoice, an
   * earlier confirmation, a receipt. A receivable that is not confirmed is treated as the next to be. A part of a split
   * stands on its own document.
   */
  of(receivable: Receivable): Promise<ReceivableCover> {
    return receivable.parent === null ? this.ofWhole(receivable) : this.ofPart(receivable);
  }

  private async ofPart(receivable: Receivable): Promise<ReceivableCover> {
    const { id, commitment, confirmed, scope } = receivable;
    const fields = (await this.fields.of([{ root: commitment, object: id }])).get(commitment);
    const terms = fields && readPart(fields);
    if (!terms || confirmed === null) throw notShown([commitment]);
    const [payable, covered] = [terms.amount, terms.covered].map((text) => Rational.parse(text));
    const { withoutReceipt } = decodeScope(scope ?? 0);
    const deductions = (await this.deductions.of(new Map([[id, terms.currency]]))).get(id) ?? [];
    const cover = partCover({ amount: payable!, covered: covered!, withoutReceipt, confirmed }, deductions);
    return { cover, payable: payable!, currency: terms.currency, minorDigits: minorUnits(terms.currency) };
  }

  private async ofWhole(receivable: Receivable): Promise<ReceivableCover> {
    const all = await this.store.reckonedWith([receivable]);
    const known = await this.fields.of(
      all.flatMap(({ id: object, commitment, confirmation }) =>
        [commitment, confirmation].flatMap((root) => (root === null ? [] : [{ root, object }])),
      ),
    );
    const orders = await this.ordersOf(all);
    const { goods, hidden } = await this.received.of(orders);
    if (hidden.length > 0) throw notShown(hidden);
    const lines = [...orders].flatMap(([order, facts]) => orderLines(order, facts));
    const claims = all.map((each) => toClaim(each, known, lines, orders));
    const currencies = new Map(all.map((each) => [each.id, invoiceOf(each, known).currency]));
    const currency = currencies.get(receivable.id)!;
    const minorDigits = minorUnits(currency);
    const cover = lineageCover(
      {
        claims,
        goods,
        deductions: await this.deductions.of(currencies),
        advances: await this.sources.advancesOn([...orders.keys()]),
        minorDigits,
      },
      receivable.id,
    );
    return { cover, payable: claims[0]!.payable, currency, minorDigits };
  }

  private async ordersOf(receivables: readonly Receivable[]): Promise<Map<Hex, OrderFacts>> {
    const ids = [...new Set(receivables.flatMap(({ orders }) => orders))];
    const orders = await this.orders.findMany(ids);
    const known = await this.fields.of(orders.map(({ id: object, commitment: root }) => ({ root, object })));
    return new Map(
      orders.map(({ id, commitment }) => {
        const fields = known.get(commitment);
        const facts = fields && readOrder(fields);
        if (!facts) throw notShown([commitment]);
        return [id, facts];
      }),
    );
  }
}

function toClaim(
  receivable: Receivable,
  known: Known,
  lines: readonly OrderLine[],
  orders: ReadonlyMap<Hex, OrderFacts>,
): Claim {
  const own = lines.filter(({ order }) => receivable.orders.includes(order));
  const invoice = invoiceOf(receivable, known);
  const claim = claimOf(receivable, invoice, undertakingOf(receivable, invoice, known), new LinesToMeet(own), orders);
  if (!claim) throw notShown([receivable.commitment]);
  return claim;
}

function invoiceOf({ commitment }: Receivable, known: Known): InvoiceFacts {
  const fields = known.get(commitment);
  const invoice = fields && readInvoice(fields);
  if (!invoice) throw notShown([commitment]);
  return invoice;
}

/** The scope is the chain's word; the amount is in the document, and covers nothing that is owed in another currency. */
function undertakingOf(
  { confirmation, confirmed, scope }: Receivable,
  { currency }: InvoiceFacts,
  known: Known,
): Undertaking | undefined {
  if (confirmation === null || confirmed === null) return undefined;
  const fields = known.get(confirmation);
  const terms = fields && readConfirmation(fields);
  if (!terms) throw notShown([confirmation]);
  if (terms.currency !== currency) {
    const detail = `the confirmation is in ${terms.currency}, the invoice in ${currency}`;
    throw coverNotShown(detail, { commitments: [confirmation] });
  }
  const { withoutReceipt } = decodeScope(scope ?? 0);
  return { amount: Rational.parse(terms.amount), withoutReceipt, event: confirmed };
}

function orderLines(order: Hex, { number, lines }: OrderFacts): OrderLine[] {
  const orderNumber = number && normaliseNumber(number);
  return lines.map(({ id, item }) => ({ order, orderNumber, id, items: item }));
}

function notShown(commitments: readonly Hex[]) {
  return coverNotShown('this node was not shown what decides the cover', { commitments });
}
