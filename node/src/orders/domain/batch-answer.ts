import { type Hex, toBytes, toHex } from '../../kernel/hex.js';
import type { OrderStatus } from './order-status.js';

/** How a batch was answered. */
export interface BatchAnswer {
  /** Bit i % 8, from the lowest, of byte i / 8 says whether the order at index i is accepted. */
  readonly bitmap: Hex;
  /** Block time, seconds. */
  readonly answeredAt: number;
}

/** The answer to a batch of `size` orders that accepts those at these indices. */
export function bitmapOf(size: number, accepted: Iterable<number>): Hex {
  const bytes = Buffer.alloc(Math.ceil(size / 8));
  for (const index of accepted) bytes[index >> 3]! |= 1 << (index & 7);
  return toHex(bytes);
}

export function isAccepted(bitmap: Hex, index: number): boolean {
  return ((toBytes(bitmap)[index >> 3] ?? 0) & (1 << (index & 7))) !== 0;
}

/** What an order of a batch is, while it is no object of its own: an answer that came after its expiry leaves it lapsed. */
export function statusInBatch(
  { index, expiry }: { index: number; expiry: number },
  answer: BatchAnswer | null,
): Extract<OrderStatus, 'POSTED' | 'ACCEPTED' | 'REJECTED'> {
  if (!answer) return 'POSTED';
  if (!isAccepted(answer.bitmap, index)) return 'REJECTED';
  return answer.answeredAt <= expiry ? 'ACCEPTED' : 'POSTED';
}
