import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { Gauge } from 'prom-client';
import { PG_POOL } from '../database/index.js';
import { Metrics, sharedReading } from '../health/index.js';

interface Open {
  readonly status: string;
  readonly n: number;
  /** Seconds of the oldest, null when there is none. */
  readonly age: number | null;
}

/** What of this member's transactions is on its way. Read from the table, so it is the same on each process. */
@Injectable()
export class SubmissionMetrics {
  constructor(metrics: Metrics, @Inject(PG_POOL) pool: pg.Pool) {
    const registers = [metrics.registry];
    const read = sharedReading(async () => {
      const { rows } = await pool.query<Open>(
        `SELECT wanted.status, count(s.id)::int AS n, extract(epoch FROM now() - min(s.created_at))::float8 AS age
         FROM unnest(ARRAY['QUEUED', 'SENT']) AS wanted (status) LEFT JOIN submissions s USING (status)
         GROUP BY wanted.status`,
      );
      return rows;
    });
    new Gauge({
      name: 'tradeproof_submissions_open',
      help: 'Transactions that are neither included nor refused, by status',
      labelNames: ['status'],
      registers,
      async collect() {
        const open = await read();
        for (const status of ['QUEUED', 'SENT'])
          this.set({ status }, open ? (open.find((each) => each.status === status)?.n ?? 0) : NaN);
      },
    });
    new Gauge({
      name: 'tradeproof_submissions_oldest_seconds',
      help: 'Age of the oldest transaction that is neither included nor refused',
      registers,
      async collect() {
        const open = await read();
        this.set(open ? Math.max(0, ...open.map(({ age }) => age ?? 0)) : NaN);
      },
    });
  }
}
