import { Logger } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { defineJob, JobHandler, type JobProcessor } from '../../jobs/index.js';
import { EnvelopeHandlers } from '../receiving/handlers.js';
import { Inbox, type UnreadPlace } from './inbox.js';
import { Outbox } from './outbox.js';

const readLetters = defineJob({ name: 'exchange.read-letters' });

/** Letters in one transaction: some of them have megabytes. */
const BATCH = 20;

/** Before all letters. */
const BEGINNING: UnreadPlace = { type: '', seq: 0 };

/**
 * Looks into letters that were written down without what they carry, which is what the release before does: so that they are found
 * when it is erased, and emptied when it was erased before.
 */
@JobHandler(readLetters, { everyMs: 60_000 })
export class ReadLetters implements JobProcessor<object> {
  private readonly logger = new Logger(ReadLetters.name);

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly handlers: EnvelopeHandlers,
    private readonly inbox: Inbox,
    private readonly outbox: Outbox,
  ) {}

  async handle(): Promise<void> {
    await this.each((next) => this.unitOfWork.run(next));
  }

  /** The same within the current unit of work. */
  async finish(): Promise<void> {
    await this.each((next) => next());
  }

  /** On from where the last were: in one transaction the index still leads to all that were noted before. */
  private async each(run: (next: () => Promise<UnreadPlace | undefined>) => Promise<UnreadPlace | undefined>) {
    for (const box of [this.inbox, this.outbox])
      for (let at: UnreadPlace | undefined = BEGINNING; at;) {
        const after: UnreadPlace = at;
        at = await run(() => this.some(box, after));
      }
  }

  /** Where the last of some more is; undefined once there are none. */
  private async some(box: Inbox | Outbox, after: UnreadPlace): Promise<UnreadPlace | undefined> {
    const letters = await box.unread(this.handlers.carrying(), BATCH, after);
    for (const { seq, type, object, body } of letters) {
      // It would hold up all letters after it, and every erasure; whoever needs it finds it unreadable anyway.
      if (body === undefined)
        this.logger.error({ seq, type }, 'a letter does not decrypt: what it carries stays unknown');
      await box.noteCarried(seq, body === undefined ? [] : this.handlers.carriedBy({ type, object, body }));
    }
    return letters.at(-1);
  }
}
