import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type BlockRef, IndexHead } from '../../node/src/indexer/index.js';
import { toHex } from '../../node/src/kernel/hex.js';

/** Stands for the indexer, whose tables a test writes itself. */
@Injectable()
export class TestHead extends IndexHead {
  private head: BlockRef = { number: 10, hash: toHex(randomBytes(32)), timestamp: 1_795_000_000 };
  private readonly listeners = new Set<(head: BlockRef) => void>();

  current(): BlockRef {
    return this.head;
  }

  /** Moves on by one block: what the test wrote before is seen now. */
  advance(): BlockRef {
    const { number, timestamp } = this.head;
    this.head = { number: number + 1, hash: toHex(randomBytes(32)), timestamp: timestamp + 2 };
    for (const listener of this.listeners) listener(this.head);
    return this.head;
  }

  async waitFor(block: number, ms: number): Promise<boolean> {
    for (const end = Date.now() + ms; this.head.number < block && Date.now() < end;) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return this.head.number >= block;
  }

  onChange(listener: (head: BlockRef) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
