import { randomUUID } from 'node:crypto';

/** JSON object of an answer; its shape is the OpenAPI document's. */
export type Json = Record<string, unknown>;

export interface Answer {
  readonly status: number;
  readonly body: Json;
  /** Block that the answering node had indexed. */
  readonly block: number;
}

export interface CallOptions {
  readonly body?: unknown;
  /** A document instead of a JSON body. */
  readonly xml?: string;
  readonly key?: string;
  /** Block that the node must have indexed before it answers a GET. */
  readonly minBlock?: number;
  /** Seconds that a write waits for its inclusion, and a GET for its block. */
  readonly wait?: number;
}

/** Whose node, where it is, and the key to it. */
export interface MemberPlace {
  readonly name: string;
  readonly url: string;
  readonly apiKey: string;
}

/** A member's client of its own node, as its ERP or desk would have one. */
export class MemberClient {
  /** Calls that do not say otherwise wait so many seconds, or as many as the node allows. */
  constructor(
    readonly member: MemberPlace,
    private readonly waitSeconds = 60,
  ) {}

  get name(): string {
    return this.member.name;
  }

  get(path: string, minBlock?: number): Promise<Answer> {
    return this.call('GET', path, { minBlock });
  }

  post(path: string, body: unknown = {}): Promise<Answer> {
    return this.call('POST', path, { body });
  }

  postXml(path: string, xml: string): Promise<Answer> {
    return this.call('POST', path, { xml });
  }

  async call(method: string, path: string, options: CallOptions = {}): Promise<Answer> {
    const headers: Record<string, string> = {
      authorization: `Bearer ${this.member.apiKey}`,
      prefer: `wait=${options.wait ?? this.waitSeconds}`,
    };
    if (method === 'POST') headers['idempotency-key'] = options.key ?? randomUUID();
    if (options.minBlock !== undefined) headers['tradeproof-min-block'] = String(options.minBlock);
    let body: string | undefined;
    if (options.xml !== undefined) {
      headers['content-type'] = 'application/xml';
      body = options.xml;
    } else if (options.body !== undefined) {
      headers['content-type'] = 'application/json';
      body = JSON.stringify(options.body);
    }
    const response = await fetch(`${this.member.url}${path}`, { method, headers, body });
    const text = await response.text();
    return {
      status: response.status,
      body: text === '' ? {} : (JSON.parse(text) as Json),
      block: Number(/\d+/.exec(response.headers.get('tradeproof-block') ?? '')?.[0] ?? -1),
    };
  }
}

/** Wait (ms) after the first look; each one later waits longer, as what took long will take longer still. */
const FIRST_WAIT_MS = 50;
const LONGEST_WAIT_MS = 1_000;

/** Repeats a read until it is as `wanted` says, for what reaches another member's node a moment later; `ms` at most. */
export async function eventually(
  read: () => Promise<Answer>,
  wanted: (answer: Answer) => boolean,
  ms = 60_000,
): Promise<Answer> {
  const until = Date.now() + ms;
  for (let pause = FIRST_WAIT_MS; ; pause = Math.min(LONGEST_WAIT_MS, pause * 1.5)) {
    const answer = await read();
    if (wanted(answer) || Date.now() > until) return answer;
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}
