import { readFileSync } from 'node:fs';
import type { MemberClient } from '../../../scripts/demo/client.js';

const ORDER = readFileSync('samples/ubl/order.xml', 'utf8');

/** The sample order under another number. */
export const orderOf = (number: string): string => ORDER.replace('PO-2026-0042', number);

/** A write that was taken in: the node answered 201 or 202. */
export interface Taken {
  readonly number: string;
  readonly id: string;
}

/**
 * Posts an order as a client does that wants it posted: until the node has taken it in, again and again under one key,
 * over refused connections, cut ones and 5xx. Throws on any other refusal.
 */
export async function postStubbornly(buyer: MemberClient, number: string, wait = 0): Promise<Taken> {
  for (let tries = 0; ; tries++) {
    // A cut connection is no answer.
    const answer = await buyer
      .call('POST', '/v1/orders?supplier=supplier-1', { xml: orderOf(number), key: `post-${number}`, wait })
      .catch(() => undefined);
    if (answer?.status === 201 || answer?.status === 202) return { number, id: String(answer.body['id']) };
    const refused = answer && answer.status < 500 && answer.body['code'] !== 'IDEMPOTENCY_KEY_IN_USE';
    if (refused || tries > 600) throw new Error(`${number}: ${JSON.stringify(answer ?? 'no answer')}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
