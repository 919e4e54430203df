import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { DocumentVault, type StoredDocument } from '../../documents/index.js';
import type { Hex } from '../../kernel/hex.js';
import { OrderContents, OrderViews } from '../../orders/index.js';
import { type LineReceipt, ordersNamed, receivedByLine, type ReportedEntry } from '../domain/received-by-line.js';
import { Milestones, placeOf } from '../storage/milestones.js';

const quantity = z.string().describe('Plain decimal.');

export const receiptsView = z.object({
  id: z.string().describe("The order's."),
  lines: z.array(
    z.object({
      line: z.string(),
      ordered: quantity.nullable(),
      unit: z
        .string()
        .nullable()
        .describe("In which all of them are: the order's, or as first reported where that states none."),
      received: quantity,
      rejected: quantity,
      returned: quantity,
      accepted: quantity.describe('Received less rejected and returned.'),
      entries: z.array(z.string()).describe('Entries of the log that say so.'),
    }),
  ),
  unmet: z
    .array(z.object({ entry: z.string(), line: z.string() }))
    .describe('Reported lines that meet none of the order, or are in another unit than what they meet.'),
  silent: z.array(z.string()).describe('Entries that can lower cover and whose quantities this member does not know.'),
});
export type ReceiptsView = z.output<typeof receiptsView>;

/** What was received of an order, line by line (rule 5). */
@Injectable()
export class ReceiptsQuery {
  constructor(
    private readonly orders: OrderViews,
    private readonly contents: OrderContents,
    private readonly milestones: Milestones,
    private readonly vault: DocumentVault,
  ) {}

  /** Throws ORDER_UNKNOWN, ORDER_NOT_DISCLOSED, ORDER_DOCUMENT_MISSING. */
  async of(id: Hex): Promise<ReceiptsView> {
    const order = await this.orders.disclosed(id);
    const { model } = (await this.contents.require(order)).document;
    const log = await this.milestones.of(id);
    const documents = await this.vault.atAll(log.map(placeOf));
    const entries = log.map(({ order_id, position, recorded_at, ...row }): ReportedEntry => {
      const report = reportOf(documents.get(row.commitment));
      return { ...row, order: order_id, index: position, recordedAt: recorded_at, report };
    });
    const { lines, unmet, silent } = receivedByLine(model, entries);
    const ordered = new Map(model.lines.map((line) => [line.id, line]));
    return {
      id,
      lines: lines.map((line) => {
        const { quantity: wanted = null, unit = null } = ordered.get(line.line) ?? {};
        return { ...viewLine(line), ordered: wanted, unit: unit ?? line.unit ?? null };
      }),
      unmet: [...unmet],
      silent: [...silent],
    };
  }
}

function reportOf(stored: StoredDocument | undefined): ReportedEntry['report'] {
  const model = stored?.document.model;
  if (model?.kind !== 'RECEIPT' && model?.kind !== 'DESPATCH') return undefined;
  return { lines: model.lines, orders: ordersNamed(model.orderNumbers) };
}

function viewLine({ line, received, rejected, returned, entries }: LineReceipt) {
  const accepted = received.minus(rejected).minus(returned);
  const [r, j, b, a] = [received, rejected, returned, accepted].map(String) as [string, string, string, string];
  return { line, received: r, rejected: j, returned: b, accepted: a, entries: [...entries] };
}
