import { z } from 'zod';
import { requestInvalid } from '../../errors/index.js';
import { MOST_IN_BATCH, PACKED_BYTES } from '../domain/batch-tree.js';
import { instant } from '../../http/index.js';
import { splitJson } from '../../documents/http/index.js';

const RECORD = 64;

const hex32 = z.string().regex(/^0x[0-9a-fA-F]{64}$/);
const line = z.strictObject({ commitment: hex32, tag: hex32, expiresAt: instant.optional() });

/**
 * The orders of a batch from ready commitments, packed; `expiry` for those that name none. Throws REQUEST_INVALID, with
 * the fact `item` (from 0) where one order is at fault.
 */
export function readCommitments(body: Buffer | undefined, mediaType: string, expiry: number): Buffer {
  const packed = /octet-stream/i.test(mediaType)
    ? fromRecords(body ?? Buffer.alloc(0), expiry)
    : fromText(splitJson(body?.toString('utf8') ?? '', /ndjson/i.test(mediaType)), expiry);
  if (packed.length === 0) throw requestInvalid('no order is in the body');
  return packed;
}

function requireFew(orders: number): void {
  if (orders <= MOST_IN_BATCH) return;
  throw requestInvalid(`${orders} orders, ${MOST_IN_BATCH} are taken in one batch`, { most: MOST_IN_BATCH });
}

function fromRecords(body: Buffer, expiry: number): Buffer {
  if (body.length % RECORD !== 0) throw requestInvalid(`commitment and tag take ${RECORD} bytes an order`);
  const orders = body.length / RECORD;
  requireFew(orders);
  const packed = Buffer.alloc(orders * PACKED_BYTES);
  for (let i = 0; i < orders; i++) {
    body.copy(packed, i * PACKED_BYTES, i * RECORD, (i + 1) * RECORD);
    packed.writeBigUInt64BE(BigInt(expiry), (i + 1) * PACKED_BYTES - 8);
  }
  return packed;
}

function fromText(items: readonly string[], expiry: number): Buffer {
  requireFew(items.length);
  const packed = Buffer.alloc(items.length * PACKED_BYTES);
  for (const [item, text] of items.entries()) {
    const result = line.safeParse(parse(text));
    if (!result.success) {
      throw requestInvalid(`order ${item} needs commitment and tag, may have expiresAt, and nothing else`, { item });
    }
    const { commitment, tag, expiresAt = expiry } = result.data;
    packed.write(commitment.slice(2) + tag.slice(2), item * PACKED_BYTES, 'hex');
    packed.writeBigUInt64BE(BigInt(expiresAt), (item + 1) * PACKED_BYTES - 8);
  }
  return packed;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
