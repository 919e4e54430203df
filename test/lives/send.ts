import type { Answer, Json, MemberClient } from '../../scripts/demo/client.js';

/** How long (ms) what one node did may take to show at another, on however busy a machine. */
export const PATIENCE = 120_000;

/** A command that somebody sends, what the plain model says of it, and what becomes of the model when it is done. */
export interface Step {
  readonly member: string;
  readonly path: string;
  readonly body?: Json;
  /** Codes of all reasons to refuse it; none: it is done. */
  readonly refusals: readonly string[];
  readonly done: (answer: Json) => void;
}

/**
 * What the model says must come: at once where it is a refusal, else as soon as what it rests on has arrived. Throws, telling all of
 * it, when the node answers otherwise.
 */
export async function sendAsSaid(client: MemberClient, { member, path, body, refusals }: Step): Promise<Answer> {
  const until = Date.now() + PATIENCE;
  for (;;) {
    const answer = await client.post(path, body);
    const code = String(answer.body['code']);
    if (answer.status === 201 ? refusals.length === 0 : refusals.includes(code)) return answer;
    const said = `${member} POST ${path} ${JSON.stringify(body)}: ${answer.status} ${JSON.stringify(answer.body)}`;
    if (answer.status === 201) throw new Error(`${said}\nbut the model refuses it: ${refusals.join(', ')}`);
    if (Date.now() > until) throw new Error(`${said}\nbut the model says ${refusals.join(', ') || 'done'}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
