import { type Answer, eventually as givingUp } from '../../scripts/demo/client.js';

/** A minute less than jest gives a test. */
const PATIENCE_MS = 240_000;

/** Repeats a read until it is as `wanted` says, and gives what it was then. Throws, showing the last answer, when that takes too long. */
export async function eventually(
  read: () => Promise<Answer>,
  wanted: (answer: Answer) => boolean,
  ms = PATIENCE_MS,
): Promise<Answer> {
  const answer = await givingUp(read, wanted, ms);
  if (wanted(answer)) return answer;
  throw new Error(`still ${answer.status}: ${JSON.stringify(answer.body)}`);
}
