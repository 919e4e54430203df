import { Logger } from '@nestjs/common';
import type pg from 'pg';
import { ownClient } from '../database/index.js';
import { HEAD_CHANNEL, NOTHING, parseHead, readCheckpoint } from './checkpoint.js';
import { type BlockRef, IndexHead } from './index-head.js';

const RETRY_MS = 500;

/** Follows the checkpoint through PostgreSQL's notifications, so that it is the same whoever indexes. */
export class ListeningIndexHead extends IndexHead {
  private readonly logger = new Logger(ListeningIndexHead.name);
  private readonly listeners = new Set<(head: BlockRef) => void>();
  private readonly waiting = new Set<(reached: boolean) => void>();
  private head: BlockRef = NOTHING;
  private client: pg.Client | null = null;
  private retry: NodeJS.Timeout | null = null;
  private closed = false;

  constructor(private readonly connectionString: string) {
    super();
  }

  /** Resolves once the head is known. */
  async open(): Promise<void> {
    const client = ownClient({ connectionString: this.connectionString, application_name: 'tradeproof-head' });
    let told = false;
    client.on('notification', ({ payload }) => {
      told = true;
      this.set(parseHead(payload ?? ''));
    });
    this.client = client;
    try {
      await client.connect();
      await client.query(`LISTEN ${HEAD_CHANNEL}`);
      const read = await readCheckpoint(client);
      // What was told meanwhile is no older.
      if (!told) this.set(read);
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
    // Not earlier: a connection that could not be made ends too, and who asked for it tries again by itself.
    client.on('end', () => this.reopen());
  }

  async close(): Promise<void> {
    this.closed = true;
    if (this.retry) clearTimeout(this.retry);
    for (const end of [...this.waiting]) end(false);
    await this.client?.end();
  }

  current(): BlockRef {
    return this.head;
  }

  waitFor(block: number, ms: number): Promise<boolean> {
    if (this.head.number >= block) return Promise.resolve(true);
    if (this.closed) return Promise.resolve(false);
    return new Promise((resolve) => {
      const end = (reached: boolean) => {
        clearTimeout(timer);
        unsubscribe();
        this.waiting.delete(end);
        resolve(reached);
      };
      const timer = setTimeout(() => end(false), ms);
      const unsubscribe = this.onChange(({ number }) => number >= block && end(true));
      this.waiting.add(end);
    });
  }

  onChange(listener: (head: BlockRef) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private set(head: BlockRef): void {
    this.head = head;
    for (const listener of this.listeners) listener(head);
  }

  private reopen(): void {
    if (this.closed) return;
    this.logger.warn('the connection that tells of new blocks is lost');
    const attempt = () => {
      this.open().catch(() => {
        if (!this.closed) this.retry = setTimeout(attempt, RETRY_MS);
      });
    };
    this.retry = setTimeout(attempt, RETRY_MS);
  }
}
