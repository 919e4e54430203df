import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Contracts, Keyring } from '../chain/index.js';
import { Config } from '../config/index.js';
import { UnitOfWork } from '../database/index.js';
import type { SubmissionWaiter } from '../http/index.js';
import { JobQueue } from '../jobs/index.js';
import type { Hex } from '../kernel/hex.js';
import type { Address } from '../kernel/ids.js';
import { wakeLane } from './jobs.js';
import { LaneRunner } from './lane-runner.js';
import { OutboxStore } from './outbox-store.js';
import { submissionUnknown } from './problems.js';
import { type Outcome, SettlementWatch } from './settlement-watch.js';
import type { Submission, SubmissionRequest } from './submission.js';
import { Submissions } from './submissions.js';

/** The door of the room; see {@link Submissions}. */
@Injectable()
export class Outbox extends Submissions implements SubmissionWaiter {
  constructor(
    private readonly store: OutboxStore,
    private readonly contracts: Contracts,
    private readonly keyring: Keyring,
    private readonly jobs: JobQueue,
    private readonly watch: SettlementWatch,
    private readonly runner: LaneRunner,
    private readonly unit: UnitOfWork,
    private readonly config: Config,
  ) {
    super();
  }

  async submit({ id = randomUUID(), act, call, account, subject }: SubmissionRequest): Promise<{ id: string }> {
    const { object } = this.keyring.account(account);
    const { to, data } = this.contracts.encodeCall(call.contract, call.fn, call.args);
    await this.store.insert({ id, act, subject, account, object, to, data });
    this.wake(account);
    return { id };
  }

  /** At once in a process that works on lanes itself; a job wakes another one. Lost, either is made good by the sweep. */
  private wake(account: Address): void {
    if (this.config.roles.includes('worker')) this.unit.afterCommit(() => this.runner.kick(account));
    else this.jobs.add(wakeLane, { account }, { dedupe: account });
  }

  async get(id: string): Promise<Submission> {
    const [submission] = await this.store.find([id]);
    if (!submission) throw submissionUnknown(`there is no submission ${id}`);
    return submission;
  }

  underWay(act: string, subjects: readonly Hex[], account?: Address): Promise<Hex[]> {
    return this.store.subjectsOfOpen(act, subjects, account);
  }

  async waitFor(id: string, ms: number): Promise<Outcome> {
    const settled = ms > 0 ? await this.watch.settled(id, ms) : undefined;
    return settled ?? this.watch.outcomeOf(await this.get(id));
  }
}
