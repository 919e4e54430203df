import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { PG_POOL } from '../database/index.js';

/** One process at a time works on a lane. The lock is the session's: a killed process loses it with its connection. */
@Injectable()
export class LaneLock {
  constructor(@Inject(PG_POOL) private readonly pool: pg.Pool) {}

  /** Runs `work` under the lane's lock; false, at once and without running it, when another process has it. */
  async whileHeld(lane: string, work: () => Promise<void>): Promise<boolean> {
    const client = await this.pool.connect();
    let broken: Error | undefined;
    try {
      const { rows } = await client.query<{ held: boolean }>(
        'SELECT pg_try_advisory_lock(hashtextextended($1, 7)) AS held',
        [lane],
      );
      if (!rows[0]?.held) return false;
      try {
        await work();
      } finally {
        await client
          .query('SELECT pg_advisory_unlock(hashtextextended($1, 7))', [lane])
          .catch((error: Error) => (broken = error));
      }
      return true;
    } finally {
      client.release(broken);
    }
  }
}
