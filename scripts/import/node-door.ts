import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Found, Refusal } from './item.js';
import { ImportStopped } from './stopped.js';

/** What the node answered for good. */
export type Answer = { readonly orders: number } | { readonly status: number; readonly refusal: Refusal };

export interface DoorSettings {
  readonly url: string;
  readonly apiKey: string;
  /** Identifies the import, so that what it sends again is known again and what another sends is not. */
  readonly run: string;
  /** Anchors orders to one supplier as one batch. */
  readonly batch: boolean;
  /** How long the node may fail before the import stops, ms. */
  readonly patienceMs: number;
}

const REQUEST_MS = 300_000;
const [FIRST_WAIT_MS, LONGEST_WAIT_MS] = [250, 15_000];
/** Refusals of the whole import: no other order would fare better. */
const OF_ALL = [
  ...[
    'UNAUTHENTICATED',
    'FORBIDDEN',
    'APPROVAL_REQUIRED',
    'NOT_SERVED_HERE',
    'ROUTE_NOT_FOUND',
    'IDEMPOTENCY_KEY_REUSED',
  ],
];
/** What passes by itself. */
const PASSING = ['IDEMPOTENCY_KEY_IN_USE', 'RATE_LIMITED'];

/**
 * POST /v1/orders/bulk. Each request has an idempotency key of its own, made from what it says: sent again, after a lost answer or by
 * another process, it is answered as before and posts nothing twice.
 */
export class NodeDoor {
  constructor(private readonly settings: DoorSettings) {}

  /** Sends orders until they are answered. Throws ImportStopped when the node refuses whatever comes, or fails for too long. */
  async post(orders: readonly Found[]): Promise<Answer> {
    const { url, apiKey, batch, patienceMs } = this.settings;
    const body = orders.map(({ text }) => text).join('\n');
    const headers = {
      authorization: `Bearer ${apiKey}`,
      'content-type': 'application/x-ndjson',
      'idempotency-key': `import-${this.keyOf(orders)}`,
    };
    const until = Date.now() + patienceMs;
    for (let wait = FIRST_WAIT_MS; ; wait = Math.min(2 * wait, LONGEST_WAIT_MS)) {
      const given = await this.ask(`${url}/v1/orders/bulk?batch=${batch}`, { method: 'POST', headers, body });
      if (!('again' in given)) return given;
      if (Date.now() > until) throw new ImportStopped('NODE_UNREACHABLE', `${url} does not answer: ${given.again}`);
      await sleep(Math.max(wait, given.afterMs));
    }
  }

  /** Places count too: an order that is there twice is no answer sent again. */
  private keyOf(orders: readonly Found[]): string {
    const hash = createHash('sha256').update(this.settings.run);
    for (const { place, text } of orders) hash.update(JSON.stringify([place, text]));
    return hash.digest('hex');
  }

  private async ask(url: string, request: RequestInit): Promise<Answer | { again: string; afterMs: number }> {
    let response: Response;
    let body: Record<string, unknown>;
    try {
      response = await fetch(url, { ...request, redirect: 'error', signal: AbortSignal.timeout(REQUEST_MS) });
      const text = await response.text();
      body = (jsonOf(text) ?? {}) as Record<string, unknown>;
    } catch (error) {
      return { again: causeOf(error), afterMs: 0 };
    }
    const { status } = response;
    if (status === 201 && Array.isArray(body['items'])) return { orders: body['items'].length };
    const code = typeof body['code'] === 'string' ? body['code'] : undefined;
    const detail = String(body['detail'] ?? body['title'] ?? `HTTP ${status}`);
    const facts = body['facts'] as Refusal['facts'];
    if (status >= 500 || PASSING.includes(code ?? '')) {
      const seconds = Number(facts?.['retryAfterSeconds'] ?? response.headers.get('retry-after') ?? 0);
      return { again: `${code ?? status}: ${detail}`, afterMs: 1000 * Math.min(seconds || 0, 120) };
    }
    if (code === undefined && status !== 413)
      throw new ImportStopped('NODE_UNKNOWN', `what answers there (HTTP ${status}) is no tradeproof node`);
    if (OF_ALL.includes(code ?? '')) throw new ImportStopped(code!, detail);
    return { status, refusal: { code: code ?? 'REQUEST_TOO_LARGE', detail, ...(facts && { facts }) } };
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Of fetch's errors the reason is in what caused them. */
function causeOf(error: unknown): string {
  const { cause, message } = error as Error & { cause?: { code?: string; message?: string } };
  return cause?.code ?? cause?.message ?? message;
}
