import { type Answer, type CallOptions, MemberClient } from '../../scripts/demo/client.js';
import type { Ledger } from './ledger.js';

/** A refusal that waiting does not mend. */
export const MORE_EVIDENCE = 'COVER_NOT_SHOWN';

const GIVES_UP_MS = 90_000;
const NO_ANSWER: Answer = { status: 503, body: { code: 'NO_ANSWER' }, block: -1 };

/**
 * A client that wants its writes done: over cut connections and 5xx it sends them again under their key, to whichever of
 * the member's replicas comes next; what is refused by the state of things it tries anew later, under a new key.
 */
export class StubbornClient extends MemberClient {
  #next = 0;

  constructor(
    private readonly replicas: readonly MemberClient[],
    private readonly ledger: Ledger,
    private readonly newKey: () => string,
  ) {
    super(replicas[0]!.member);
  }

  override async call(method: string, path: string, options: CallOptions = {}): Promise<Answer> {
    if (method === 'GET') return this.#once(method, path, options);
    let key = this.newKey();
    let taken = false;
    for (const end = Date.now() + GIVES_UP_MS; ;) {
      const answer = await this.#once(method, path, { ...options, key, wait: 2 });
      const { status, body } = answer;
      if (status === 201) {
        this.ledger.accept(path, String(body['id']));
        return answer;
      }
      if (status === 202) taken = true;
      else if (refused(answer)) {
        if (taken) this.ledger.lost.push(`${path}: ${JSON.stringify(body)}`);
        if (taken || body['code'] === MORE_EVIDENCE || Date.now() > end) return answer;
        key = this.newKey();
      }
      if (Date.now() > end) throw new Error(`${path}: no answer but ${status} ${JSON.stringify(body)}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  async #once(method: string, path: string, options: CallOptions): Promise<Answer> {
    const replica = this.replicas[this.#next++ % this.replicas.length]!;
    return replica.call(method, path, options).catch(() => NO_ANSWER);
  }
}

function refused({ status, body }: Answer): boolean {
  return status >= 400 && status < 500 && status !== 429 && body['code'] !== 'IDEMPOTENCY_KEY_IN_USE';
}
