import { Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { LookLog } from '../../audit/index.js';
import { renderProblem } from '../../errors/index.js';
import { defineProblem, Problem, restoreProblem } from '../../kernel/problem.js';
import { type Answer, IdempotencyStore, type Made } from '../idempotency/store.js';
import { Port } from '../port.js';
import { SUBMISSION_WAITER, type SubmissionOutcome, type SubmissionWaiter } from '../ports.js';
import type { Command } from './command.js';
import type { Taken } from './command-taker.js';

const submissionFailed = defineProblem({
  code: 'SUBMISSION_FAILED',
  status: 409,
  title: 'The transaction failed and the chain gave no reason',
});

export interface Settled {
  readonly answer: Answer;
  /** The answer was kept before this request. */
  readonly replayed: boolean;
  /** The chain was waited for, as the request prefers. */
  readonly waited: boolean;
}

/** Tells what became of a write that was taken in: the final answer, or 202 while there is none. */
@Injectable()
export class CommandSettler {
  private readonly waiter: Port<SubmissionWaiter>;

  constructor(
    modules: ModuleRef,
    private readonly store: IdempotencyStore,
    private readonly looks: LookLog,
  ) {
    this.waiter = new Port(modules, SUBMISSION_WAITER);
  }

  /** Waits as the command prefers. The first final answer to a key is kept; all requests with it get that one. */
  async settle(command: Command, { made, answer, repeated }: Taken): Promise<Settled> {
    if (answer) return { answer, replayed: repeated, waited: false };
    if (!made) throw new Error('a command was taken in that made nothing and answers nothing');
    // Nothing can have become of it within this instant.
    if (!repeated && command.wait === 0) return { answer: pending(made, 'QUEUED'), replayed: false, waited: false };
    const waited = command.wait > 0;
    const waiter = this.waiter.get();
    if (!waiter) throw new Error('no room provides SUBMISSION_WAITER');
    const outcome = await waiter.waitFor(made.submission, command.wait * 1000);
    if (!outcome.settled) return { answer: pending(made, outcome.status), replayed: false, waited };
    const final = await this.final(command, made, outcome);
    if (!final) return { answer: pending(made, 'SENT'), replayed: false, waited };
    const looks = command.takenLooks();
    await this.looks.add(looks);
    const { slot, object } = command;
    const kept = slot ? await this.store.finish(slot, { made, answer: final }, { object, looks }) : final;
    const replayed = kept.body !== final.body || kept.status !== final.status;
    return { answer: kept, replayed, waited };
  }

  /** Undefined when the chain has taken back by now what it had included: that is sent again. */
  private async final(
    command: Command,
    made: Made,
    { status, problem }: SubmissionOutcome,
  ): Promise<Answer | undefined> {
    if (status === 'INCLUDED') {
      const resource = await command.load(made).catch((error: unknown) => {
        if (error instanceof Problem && error.status === 404) return undefined;
        throw error;
      });
      return resource === undefined ? undefined : { status: command.success, body: JSON.stringify(resource) };
    }
    const refusal = problem
      ? restoreProblem(problem)
      : submissionFailed('see the submission', { submission: made.submission });
    return { status: refusal.status, body: renderProblem(refusal, command.requestId) };
  }
}

function pending({ id, submission }: Made, status: string): Answer {
  return { status: 202, body: JSON.stringify({ id, submission: { id: submission, status } }) };
}
