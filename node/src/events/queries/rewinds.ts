import { Injectable } from '@nestjs/common';
import { statement, UnitOfWork } from '../../database/index.js';

/** How many seconds members have to send again what a chain lost. */
export const SENT_AGAIN_WITHIN = 60;

// None that the clock has not come to again since it was put back; not by when this unit began, as the index may have gone back since.
const RECENT = statement(`
  SELECT EXISTS (SELECT 1 FROM event_rewinds WHERE at > now() - make_interval(secs => $1) AND at <= clock_timestamp())
      OR EXISTS (SELECT 1 FROM indexer_checkpoint WHERE was_number IS NOT NULL) AS recent`);

const REBUILDING = statement(
  'SELECT EXISTS (SELECT 1 FROM indexer_checkpoint WHERE was_number IS NOT NULL) AS rebuilding',
);

/** When this node's index went back, because the chain did or to be made anew. */
@Injectable()
export class Rewinds {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * Whether the index went back a moment ago, or has not come again to where it was before a rebuild: what is not on chain now may be on its
   * way there again, so nothing should be refused for good for want of it.
   */
  async recent(): Promise<boolean> {
    const [row] = await this.unitOfWork.read<{ recent: boolean }>(RECENT, [SENT_AGAIN_WITHIN]);
    return row!.recent;
  }

  /**
   * Whether the index has not come again to where it was before a rebuild: what it says is of long ago. Whoever acts on it unasked waits,
   * or would do again what was done, and undo what stands.
   */
  async rebuilding(): Promise<boolean> {
    const [row] = await this.unitOfWork.read<{ rebuilding: boolean }>(REBUILDING, []);
    return row!.rebuilding;
  }
}
