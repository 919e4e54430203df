import type { Answer } from './client.js';

/** A step that did not go as told. */
export class NotAsTold extends Error {}

/** Tells the story line by line and holds each step against what it promised. */
export class Narrator {
  #step = 0;

  heading(text: string): void {
    process.stdout.write(`\n${text}\n`);
  }

  /** One line: who called what, the answer's status, and what is now so. Throws {@link NotAsTold} when `so` is false. */
  step(who: string, call: string, answer: Answer, so: boolean, seen: string): void {
    this.#step += 1;
    const line = `${String(this.#step).padStart(2)}. ${who.padEnd(11)} ${call.padEnd(52)} ${answer.status}`;
    process.stdout.write(`${line}  ${so ? seen : 'NOT AS TOLD'}\n`);
    if (!so)
      throw new NotAsTold(`${call} was to give: ${seen}\nit gave ${answer.status} ${JSON.stringify(answer.body)}`);
  }
}
