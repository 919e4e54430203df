import type { Answer } from './client.js';

/** A step that did not go as told. */
export class NotAsTold extends Error {}

/** Tells the story line by line and holds each step against what it promised. */
export class Narrator {
  #step = 0;

  heading(text: string): void {
    process.stdout.write(`\n${text}\n`);
  }

  /** A line beside the steps. */
  note(text: string): void {
    process.stdout.write(`    ${text}\n`);
  }

  /** A sum that has to come out. Throws {@link NotAsTold} when it does not. */
  check(so: boolean, seen: string): void {
    this.note(`${so ? seen : 'NOT CONSERVED'}`);
    if (!so) throw new NotAsTold(`it was to be that ${seen}`);
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
