import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { documentIn, type Found, partsOf, type Refusal, supplierOf } from './item.js';
import { ImportStopped } from './stopped.js';

/** What the node answered for good. */
export type Answer = { readonly orders: number } | { readonly status: number; readonly refusal: Refusal };

/** The same, and whether it was answered so before. */
type Settled = Answer & { readonly replayed: boolean };

interface Sent {
  readonly path: string;
  readonly type: string;
  readonly body: string | Buffer<ArrayBuffer>;
  readonly key: string;
}

export interface DoorSettings {
  readonly url: string;
  readonly apiKey: string;
  /** Identifies the import, so that what it sends again is known again and what another sends is not. */
  readonly run: string;
  /** Anchors orders to one supplier as one batch. */
  readonly batch: boolean;
  /** How long the node may fail before the import stops, ms. */
  readonly patienceMs: number;
  /** Ends the waiting for a node that does not answer. */
  readonly stop?: AbortSignal;
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
/** Refusals of a member: of a supplier, or of whose orders these are, which no order could help. */
const OF_MEMBER = ['MEMBER_NOT_ACTIVE', 'MEMBER_MISSING_ROLE', 'MEMBER_UNKNOWN'];
/** What passes by itself. */
const PASSING = ['IDEMPOTENCY_KEY_IN_USE', 'RATE_LIMITED', 'REQUEST_TIMEOUT'];

/**
 * POST /v1/orders/bulk. Each request has an idempotency key of its own, made from what it says: sent again, after a lost answer or by
 * another process, it is answered as before and posts nothing twice.
 */
export class NodeDoor {
  constructor(private readonly settings: DoorSettings) {}

  /** The same for the n-th time that what was refused is asked about: under other keys, and under the same ones if it is stopped meanwhile. */
  anew(n: number): NodeDoor {
    return new NodeDoor({ ...this.settings, run: `${this.settings.run}/${n}` });
  }

  /**
   * Sends orders until they are answered. Throws ImportStopped when the node refuses whatever comes, or fails for too long. What
   * stopped an import before is asked anew: only where a refusal is no repetition of an earlier one does it stop again.
   */
  async post(orders: readonly Found[]): Promise<Answer> {
    const path = `/v1/orders/bulk?batch=${this.settings.batch}`;
    const body = orders.map(({ text }) => text).join('\n');
    return this.answered(orders, { path, type: 'application/x-ndjson', body, key: `import-${this.keyOf(orders)}` });
  }

  /** The same with one order, by itself. */
  postAlone(order: Found): Promise<Answer> {
    const { supplier, expiresAt, xml } = partsOf(order.text) ?? {};
    const query = new URLSearchParams({ supplier: String(supplier) });
    if (typeof expiresAt === 'string') query.set('expiresAt', expiresAt);
    const [type, body] =
      typeof xml === 'string'
        ? ['application/xml', Buffer.from(xml, 'base64')]
        : ['application/json', `{"document":${documentIn(order.text)}}`];
    const key = `import-alone-${this.keyOf([order])}`;
    return this.answered([order], { path: `/v1/orders?${query.toString()}`, type, body, key });
  }

  private async answered(orders: readonly Found[], { key, ...sent }: Sent): Promise<Answer> {
    for (let times = 0; ; times++) {
      const { replayed, ...answer } = await this.send({ ...sent, key: times === 0 ? key : `${key}-${times}` });
      if (isDone(answer)) return { orders: orders.length };
      if ('orders' in answer || !isOfAll(answer.refusal, orders)) return answer;
      const { code, detail } = answer.refusal;
      // Under that key nothing was posted, nor ever will be.
      if (!replayed) throw new ImportStopped(code, detail);
    }
  }

  private async send({ path, type, body, key }: Sent): Promise<Settled> {
    const { url, apiKey, patienceMs, stop } = this.settings;
    const headers = { authorization: `Bearer ${apiKey}`, 'content-type': type, 'idempotency-key': key };
    const until = Date.now() + patienceMs;
    for (let wait = FIRST_WAIT_MS; ; wait = Math.min(2 * wait, LONGEST_WAIT_MS)) {
      const given = await this.ask(`${url}${path}`, { method: 'POST', headers, body });
      if (!('again' in given)) return given;
      if (Date.now() > until || stop?.aborted)
        throw new ImportStopped('NODE_UNREACHABLE', `${url} does not answer: ${given.again}`);
      await sleep(Math.max(wait, given.afterMs), undefined, { signal: stop }).catch(() => undefined);
    }
  }

  /** Places count too: an order that is there twice is no answer sent again. */
  private keyOf(orders: readonly Found[]): string {
    const hash = createHash('sha256').update(this.settings.run);
    for (const { place, text } of orders) hash.update(JSON.stringify([place, text]));
    return hash.digest('hex');
  }

  private async ask(url: string, request: RequestInit): Promise<Settled | { again: string; afterMs: number }> {
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
    const replayed = response.headers.get('idempotency-replayed') === 'true';
    if (status === 201 && Array.isArray(body['items'])) return { orders: body['items'].length, replayed };
    if ((status === 201 || status === 202) && typeof body['id'] === 'string') return { orders: 1, replayed };
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
    return { status, replayed, refusal: { code: code ?? 'REQUEST_TOO_LARGE', detail, ...(facts && { facts }) } };
  }
}

/** Whether a refusal is of the member whose orders these are, and so of all that it could send. */
function isOfAll({ code, facts }: Refusal, orders: readonly Found[]): boolean {
  return OF_MEMBER.includes(code) && orders.every((order) => supplierOf(order) !== facts?.['member']);
}

/** Whether it was done before, and what was answered then is no longer there to be read. */
const isDone = (answer: Answer): boolean =>
  'refusal' in answer &&
  answer.refusal.code === 'IDEMPOTENCY_ANSWER_GONE' &&
  [201, 202].includes(Number(answer.refusal.facts?.['answered']));

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
