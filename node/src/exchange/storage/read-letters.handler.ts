import { UnitOfWork } from '../../database/index.js';
import { defineJob, JobHandler, type JobProcessor } from '../../jobs/index.js';
import { EnvelopeHandlers } from '../receiving/handlers.js';
import { Inbox } from './inbox.js';
import { Outbox } from './outbox.js';

const readLetters = defineJob({ name: 'exchange.read-letters' });

/** Letters in one transaction: some of them have megabytes. */
const BATCH = 20;

/**
 * Looks into letters that were written down without what they carry, which is what the release before does: so that they are found
 * when it is erased, and emptied when it was erased before.
 */
@JobHandler(readLetters, { everyMs: 60_000 })
export class ReadLetters implements JobProcessor<object> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly handlers: EnvelopeHandlers,
    private readonly inbox: Inbox,
    private readonly outbox: Outbox,
  ) {}

  async handle(): Promise<void> {
    while ((await this.unitOfWork.run(() => this.some())) > 0);
  }

  /** The same within the current unit of work. */
  async finish(): Promise<void> {
    while ((await this.some()) > 0);
  }

  private async some(): Promise<number> {
    let read = 0;
    for (const box of [this.inbox, this.outbox]) {
      for (const { seq, type, body } of await box.unread(this.handlers.carrying(), BATCH)) {
        await box.noteCarried(seq, this.handlers.carriedBy({ type, body }));
        read++;
      }
    }
    return read;
  }
}
