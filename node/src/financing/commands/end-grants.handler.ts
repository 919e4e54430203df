import { UnitOfWork } from '../../database/index.js';
import { Rewinds } from '../../events/index.js';
import { type BlockRef, IndexHead } from '../../indexer/index.js';
import { eachInTurn, RoundHandler, type RoundProcessor } from '../../jobs/index.js';
import type { Hex } from '../../kernel/hex.js';
import { mayEndAt } from '../domain/may-end-at.js';
import { Positions } from '../queries/positions.js';
import { EndingStore } from '../storage/ending.store.js';
import { SeenBlock } from '../storage/seen-block.js';
import { ClearReservation } from './clear-reservation.js';
import { FinancingGrants } from './financing-grants.js';

/**
 * Ends the grants of financings that are over, whoever or whatever ended them, and says of a reservation that lapsed that it did. Up to which block words on chain were looked at is not
 * kept: a start looks at all that have not ended, in one statement.
 */
@RoundHandler({ name: 'financing.end-grants', everyMs: 5000 })
export class EndGrants implements RoundProcessor {
  /** The last block whose words were looked at; null before the first look. */
  private seen: BlockRef | null = null;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly ending: EndingStore,
    private readonly blocks: SeenBlock,
    private readonly positions: Positions,
    private readonly grants: FinancingGrants,
    private readonly reservation: ClearReservation,
    private readonly head: IndexHead,
    private readonly rewinds: Rewinds,
  ) {}

  async handle(): Promise<void> {
    if (await this.rewinds.rebuilding()) return;
    const head = this.head.current();
    const above = await this.blocks.newAbove(this.seen, head);
    const ids = [...(await this.ending.due(head.timestamp)), ...(await this.ending.endedAbove(above))];
    await eachInTurn(new Set(ids), (id) => this.unitOfWork.run(() => this.look(id, head.timestamp)));
    this.seen = head;
  }

  private async look(id: Hex, now: number): Promise<void> {
    const position = await this.positions.lock(id);
    // After the rows, as it may have begun since the round did: by emptied tables what runs looks over, and a grant that is ended stays so.
    if (await this.rewinds.rebuilding()) return;
    const next = mayEndAt(position, now);
    if (next === null) {
      await this.grants.end(position.financing);
      await this.reservation.run(position);
    }
    await this.ending.lookAgain(id, next);
  }
}
