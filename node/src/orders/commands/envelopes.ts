import { z } from 'zod';
import type { TradeDocument } from '../../documents/index.js';
import { hex32 } from '../../kernel/hex-schema.js';
import type { Hex } from '../../kernel/hex.js';

/** A document on its way to the other party: with its seed whoever receives it can rebuild the root. */
export const documentBody = z.strictObject({
  /** base64 */
  document: z.base64(),
  mediaType: z.string().max(100),
  seed: hex32,
});
export type DocumentBody = z.output<typeof documentBody>;

/** The body that carries a document. */
export function toDocumentBody({ source }: Pick<TradeDocument, 'source'>, seed: Hex): DocumentBody {
  return { document: Buffer.from(source.bytes).toString('base64'), mediaType: source.mediaType, seed };
}

/** `order.document`: orders that were posted in one transaction, alone or as a batch, to one supplier. */
export const orderDocumentBody = z.strictObject({
  orders: z
    .array(
      documentBody.extend({
        order: hex32,
        tag: hex32,
        orderType: z.literal('FRAMEWORK').optional(),
        framework: hex32.optional(),
      }),
    )
    .min(1)
    .max(100),
});
export type OrderDocumentBody = z.output<typeof orderDocumentBody>;

/** Orders whose documents such an envelope brings. */
export const ordersCarried = z
  .object({ orders: z.array(z.object({ order: hex32 })) })
  .transform(({ orders }) => orders.map(({ order }) => order));

/** `order.batch`: the orders of a batch, packed as PACKED_BYTES says, in base64. Its object is the batch's root. */
export const orderBatchBody = z.strictObject({ orders: z.base64() });
export type OrderBatchBody = z.output<typeof orderBatchBody>;

/** `order.change`: the document behind a proposed version, and of which of the two kinds it is. */
export const orderChangeBody = documentBody.extend({
  version: z.int().min(2),
  kind: z.enum(['ORDER_CHANGE', 'ORDER_RESPONSE']),
});
export type OrderChangeBody = z.output<typeof orderChangeBody>;
