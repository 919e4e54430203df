import { Injectable } from '@nestjs/common';
import { Lookup, statement, UnitOfWork } from '../../database/index.js';
import { type BlockRef, IndexHead } from '../../indexer/index.js';
import { toHex } from '../../kernel/hex.js';
import { Problem } from '../../kernel/problem.js';

const ATTEMPTS = 4;
/** How long news of a block may be on its way from the database. */
const NEWS_WITHIN_MS = 500;
const INDEXED = statement('SELECT number, hash FROM indexer_checkpoint');

interface Checkpoint {
  readonly number: string;
  readonly hash: Buffer;
}

/** Readings that take several queries, all of it as of one block. */
@Injectable()
export class SteadyIndex {
  /** Of the one row; those who ask at once are told once. */
  private readonly checkpoint = new Lookup<'indexed', Checkpoint>(
    () => this.unitOfWork.read(INDEXED, []),
    () => 'indexed',
    { inUnit: () => this.unitOfWork.active, most: 1 },
  );

  constructor(
    private readonly head: IndexHead,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Runs a reading until the index did not move meanwhile. After a few attempts the last one counts: its proofs were checked
   * against one block, and its rows against them.
   */
  async read<T>(read: (head: BlockRef) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      const head = this.head.current();
      try {
        const result = await read(head);
        if (attempt === ATTEMPTS || !(await this.movedFrom(head))) return result;
      } catch (error) {
        const passing = error instanceof Problem && error.code === 'CHAIN_AND_INDEX_DIFFER';
        if (attempt === ATTEMPTS || !passing || !(await this.movedFrom(head))) throw error;
      }
    }
  }

  /** By the tables' own word: this process hears of a block only after its rows can be read. */
  private async movedFrom({ hash }: BlockRef): Promise<boolean> {
    const [indexed] = await this.checkpoint.of(['indexed']);
    if (toHex(indexed!.hash) === hash) return false;
    await this.head.waitFor(Number(indexed!.number), NEWS_WITHIN_MS);
    return true;
  }
}
