import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import type { BlockRef } from '../../indexer/index.js';
import { toBytes } from '../../kernel/hex.js';

/** What of the chain's words is new to who looks at them after each block. */
@Injectable()
export class SeenBlock {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Above which block, when `seen` was the head at the last look; -1 before the first, and where the chain took back what was looked at. */
  async newAbove(seen: BlockRef | null, head: BlockRef): Promise<number> {
    if (!seen || seen.number > head.number || (await this.isReplaced(seen))) return -1;
    return seen.number;
  }

  /** Whether another block than this one is indexed under its number. */
  private async isReplaced({ number, hash }: BlockRef): Promise<boolean> {
    const [row] = await this.unitOfWork.manager.query<{ replaced: boolean }[]>(
      'SELECT EXISTS (SELECT FROM indexer_blocks WHERE number = $1 AND hash <> $2) AS replaced',
      [number, toBytes(hash)],
    );
    return row!.replaced;
  }
}
