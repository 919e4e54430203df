import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Contracts, Keyring } from '../chain/index.js';
import type { SubmissionWaiter } from '../http/index.js';
import { JobQueue } from '../jobs/index.js';
import { wakeLane } from './jobs.js';
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
  ) {
    super();
  }

  async submit({ id = randomUUID(), act, call, account, subject }: SubmissionRequest): Promise<{ id: string }> {
    const { object } = this.keyring.account(account);
    const { to, data } = this.contracts.encodeCall(call.contract, call.fn, call.args);
    await this.store.insert({ id, act, subject, account, object, to, data });
    this.jobs.add(wakeLane, { account }, { dedupe: account });
    return { id };
  }

  async get(id: string): Promise<Submission> {
    const [submission] = await this.store.find([id]);
    if (!submission) throw submissionUnknown(`there is no submission ${id}`);
    return submission;
  }

  async waitFor(id: string, ms: number): Promise<Outcome> {
    const settled = ms > 0 ? await this.watch.settled(id, ms) : undefined;
    return settled ?? this.watch.outcomeOf(await this.get(id));
  }
}
