import { Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { Audit, type LookEntry, LookLog } from '../../audit/index.js';
import { UnitOfWork } from '../../database/index.js';
import { renderProblem } from '../../errors/index.js';
import { defineProblem } from '../../kernel/problem.js';
import { Accepted, Done } from '../answers.js';
import { type Answer, IdempotencyStore, type Known } from '../idempotency/store.js';
import { Port } from '../port.js';
import { COMMAND_GATE, type CommandGate } from '../ports.js';
import type { Command } from './command.js';
import { Refusal } from './refusal.js';

/** Facts: the `id` of what the request made, or changed, where that has one. */
const shownOnce = defineProblem({
  code: 'SHOWN_ONCE',
  status: 409,
  title: 'The request was done, and its answer held a secret that is shown once',
});

/** What became of taking in: what is known now, whether it was before, and the answer to give if it is not for keeping. */
export interface Taken extends Known {
  readonly repeated: boolean;
  /** The route's own result when it is neither Accepted nor Done. */
  readonly other?: unknown;
}

/** Takes a write in: its rows, its Idempotency-Key and its line in the audit log commit in one transaction, or none does. */
@Injectable()
export class CommandTaker {
  private readonly gate: Port<CommandGate>;

  constructor(
    modules: ModuleRef,
    private readonly unitOfWork: UnitOfWork,
    private readonly store: IdempotencyStore,
    private readonly audit: Audit,
    private readonly looks: LookLog,
  ) {
    this.gate = new Port(modules, COMMAND_GATE);
  }

  /** Runs the command unless its key is known. Throws what is no final answer. */
  async take(command: Command): Promise<Taken> {
    try {
      return await this.unitOfWork.run(() => this.runOnce(command));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return this.unitOfWork.run(() => this.refuse(command, error));
    }
  }

  private async runOnce(command: Command): Promise<Taken> {
    const known = command.slot && (await this.store.claim(command.slot));
    if (known) return { ...known, repeated: true };
    const result = await this.admitted(command).catch((error: unknown) => Promise.reject(Refusal.of(error) as Error));
    const id = idOf(result);
    await this.record(command, 'ok', id);
    if (result instanceof Accepted)
      return this.kept(command, { made: { id: result.id, submission: result.submission } });
    if (!(result instanceof Done)) return { repeated: false, other: result };
    const looks = command.takenLooks();
    await this.looks.addInUnit(looks);
    const answer = { status: result.status, body: JSON.stringify(result.resource) };
    if (result.passing) return { answer, repeated: false };
    if (!result.once) return this.kept(command, { answer }, looks);
    const repeat = shownOnce('undo what it made and do it again with another key', id === undefined ? {} : { id });
    await this.kept(command, { answer: { status: repeat.status, body: renderProblem(repeat, command.requestId) } });
    return { answer, repeated: false };
  }

  /**
   * The command's own unit is undone by now: another request with the key may have run since, and then counts. A passing
   * refusal leaves the key free, so that the same request can be repeated with it.
   */
  private async refuse(command: Command, { problem }: Refusal): Promise<Taken> {
    const answer: Answer = { status: problem.status, body: renderProblem(problem, command.requestId) };
    if (problem.passing) {
      if (command.principal) await this.record(command, problem.code);
      if (command.gated) await this.gate.get()?.refused(command.gated, problem);
      return { answer, repeated: false };
    }
    const known = command.slot && (await this.store.claim(command.slot));
    if (known) return { ...known, repeated: true };
    if (command.principal) await this.record(command, problem.code);
    const looks = command.takenLooks();
    await this.looks.addInUnit(looks);
    return this.kept(command, { answer }, looks);
  }

  private async admitted(command: Command): Promise<unknown> {
    if (command.gated) await this.gate.get()?.admit(command.gated);
    return command.run();
  }

  private async kept(command: Command, known: Known, looks: readonly LookEntry[] = []): Promise<Taken> {
    if (command.slot) await this.store.keep(command.slot, known, { object: command.object, looks });
    return { ...known, repeated: false };
  }

  private record(command: Command, outcome: string, made?: string): Promise<void> {
    const actor = command.principal?.credential ?? 'anonymous';
    return this.audit.record({ actor, action: command.action, object: made ?? command.object, outcome });
  }
}

function idOf(result: unknown): string | undefined {
  if (result instanceof Accepted) return result.id;
  const id = result instanceof Done ? (result.resource as { id?: unknown } | null)?.id : undefined;
  return typeof id === 'string' ? id : undefined;
}
