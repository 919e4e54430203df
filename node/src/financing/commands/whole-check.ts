import { Injectable } from '@nestjs/common';
import type { DisclosedDocument } from '../../documents/index.js';
import type { Hex } from '../../kernel/hex.js';
import { Orders } from '../../orders/index.js';
import type { DocumentFields } from '../../receivables/domain/documents/fields.js';
import { requireInvoiceOfOrders } from '../../receivables/domain/invoice-orders.js';
import { Receivables, SignedTags, TagChecks } from '../../receivables/index.js';
import type { Financing } from '../domain/financing.js';
import type { Held } from '../storage/evidence.store.js';
import { EvidenceCheck, fieldsOf, required } from './evidence-check.js';

/** What was shown in portions, judged as a whole: what each was by itself, the `EvidenceCheck` has judged. */
@Injectable()
export class WholeCheck {
  constructor(
    private readonly receivables: Receivables,
    private readonly orders: Orders,
    private readonly check: EvidenceCheck,
    private readonly tags: SignedTags,
    private readonly checks: TagChecks,
  ) {}

  /**
   * Whether all is here that a claim is judged by: its own document and its orders' in force, in what came `now` or is held, and its
   * orders' tags, under each tag key that their buyers list: no letter is at fault for one that was listed since. Looks whether they are before it opens any; then opens one after the other. Refuses with INVOICE_ORDER_MISMATCH when the invoice is not of these orders,
   * with EVIDENCE_INVALID when it or the part of a split does not show `/has`, be it that more is awaited, and as the `EvidenceCheck` does where a
   * version of an order that was shown as proposed came in force.
   */
  async isWhole(
    { object, onOrder }: Pick<Financing, 'object' | 'onOrder'>,
    now: readonly DisclosedDocument[],
    held: Held,
  ): Promise<boolean> {
    const receivable = onOrder ? undefined : await this.receivables.get(object);
    const isPart = receivable !== undefined && receivable.parent !== null;
    const orders = isPart ? [] : await this.orders.findMany(receivable?.orders ?? [object]);
    const roots = [...(receivable ? [receivable.commitment] : []), ...orders.map(({ commitment }) => commitment)];
    const came = new Map(now.map((document) => [document.root, document]));
    const own = receivable && came.get(receivable.commitment);
    // As soon as it comes: the letter that brings what else is awaited is not at fault for it.
    if (own) requirePayeeSaid(fieldsOf(own));
    const others = new Set(roots.filter((root) => !came.has(root)));
    if ((await held.has([...others])).length < others.size) return false;
    const fields = async (root: Hex) => fieldsOf(came.get(root) ?? (await held.at([root]))[0]!);
    if (isPart) {
      requirePayeeSaid(await fields(receivable.commitment));
      return true;
    }
    const tags = await this.tags.known(orders.map(({ id }) => id));
    for (const { id, buyer } of orders) {
      const kept = tags.get(id);
      if (!kept || (await this.checks.areOutdated(buyer, kept))) return false;
    }
    const ordered: Ordered[] = [];
    for (const order of orders) {
      const shown = await fields(order.commitment);
      if (!came.has(order.commitment)) await this.check.requireTrue(order, shown, tags.get(order.id)!);
      ordered.push(orderedIn(shown));
    }
    if (receivable) {
      const invoice = await fields(receivable.commitment);
      requirePayeeSaid(invoice);
      requireOf(ordered, invoice);
    }
    return true;
  }
}

interface Ordered {
  readonly number: string;
  readonly currency: string | undefined;
}

const orderedIn = (order: DocumentFields): Ordered => ({
  number: required(order, '/number'),
  currency: order.get('/currency'),
});

/**
 * Else a holder could leave out that another is to be paid. By what is judged before an offer alone: what was financed before there was such
 * a field is shown again without it, and no letter is at fault for that.
 */
function requirePayeeSaid(own: DocumentFields): void {
  required(own, '/has');
}

/** An invoice of which no order number is shown is held against its orders' currency only. */
function requireOf(ordered: readonly Ordered[], invoice: DocumentFields): void {
  const named = numbersIn(invoice);
  const orderNumbers = named.length > 0 ? named : ordered.map(({ number }) => number);
  requireInvoiceOfOrders({ currency: required(invoice, '/currency'), orderNumbers }, ordered);
}

/** Numbers of orders that the whole document or its lines name. */
function numbersIn(fields: DocumentFields): string[] {
  const names = /^\/orderNumbers\/\d+$|^\/lines\/\d+\/orderNumber$/;
  return [...fields].flatMap(([path, value]) => (names.test(path) ? [value] : []));
}
