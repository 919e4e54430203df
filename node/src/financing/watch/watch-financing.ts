import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { Rewinds } from '../../events/index.js';
import { Exchange } from '../../exchange/index.js';
import type { Hex } from '../../kernel/hex.js';
import { Positions } from '../queries/positions.js';
import { WatchStore } from '../storage/watch.store.js';
import { PushEvidence } from './push-evidence.js';
import { WeighCover } from './weigh-cover.js';

const RUNNING = ['AGREED', 'DISBURSED', 'OVERDUE', 'RECOURSE_CALLED'];
/** A lender that has all its money back has the claim still, and is asked for its consents until it releases it. */
const OPEN = ['REQUESTED', 'UNDER_REVIEW', 'OFFERED', ...RUNNING, 'REPAID'];

/** Looks at one financing after something happened on its lineage. */
@Injectable()
export class WatchFinancing {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly positions: Positions,
    private readonly store: WatchStore,
    private readonly push: PushEvidence,
    private readonly weigh: WeighCover,
    private readonly exchange: Exchange,
    private readonly rewinds: Rewinds,
  ) {}

  /**
   * All of it or nothing, and as of one block: by the rows of two a shortfall would be told that is none, or without the event that
   * caused it. False, and nothing, amid a rebuild: by the rows of long ago all would be told again. Problem: FINANCING_UNKNOWN.
   */
  run(id: Hex): Promise<boolean> {
    return this.unitOfWork.run(async () => {
      await this.exchange.holdErasures();
      if (await this.rewinds.rebuilding()) return false;
      const position = await this.positions.lock(id);
      const before = await this.store.find(id);
      if (!OPEN.includes(position.status)) {
        if (before?.waiting) await this.store.save(id, { ...before, waiting: false, shortfall: null, causes: [] });
        return true;
      }
      const pushed = position.financing.side === 'HOLDER' && (await this.push.run(position.financing));
      const weighed = RUNNING.includes(position.status)
        ? await this.weigh.run(position, before)
        : { ...NOTHING, covered: before?.covered ?? null };
      const waiting = pushed || weighed.waiting;
      if (before || waiting || weighed.covered) await this.store.save(id, { ...weighed, waiting });
      return true;
    }, 'REPEATABLE READ');
  }
}

const NOTHING = { waiting: false, shortfall: null, causes: [] };
