import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { Gauge } from 'prom-client';
import { PG_POOL } from '../../database/index.js';
import { Metrics, sharedReading } from '../../health/index.js';

interface Letters {
  readonly open: number;
  /** Seconds of the oldest that could be delivered, null when there is none. */
  readonly age: number | null;
  readonly out: number;
  readonly in: number;
}

/** What waits between this node and the others. Labels name no counterparty: who trades with whom is nobody's to scrape. */
@Injectable()
export class ExchangeMetrics {
  constructor(metrics: Metrics, @Inject(PG_POOL) pool: pg.Pool) {
    const registers = [metrics.registry];
    const read = sharedReading(async () => {
      const { rows } = await pool.query<Letters>(
        `SELECT (SELECT count(*)::int FROM exchange_outbox WHERE status IN ('WAITING', 'READY')) AS open,
           (SELECT extract(epoch FROM now() - min(created_at))::float8 FROM exchange_outbox WHERE status = 'READY') AS age,
           (SELECT count(*)::int FROM exchange_outbox WHERE status = 'SET_ASIDE') AS out,
           (SELECT count(*)::int FROM exchange_inbox WHERE status = 'SET_ASIDE') AS in`,
      );
      return rows[0]!;
    });
    new Gauge({
      name: 'tradeproof_envelopes_open',
      help: 'Envelopes that are not delivered yet',
      registers,
      async collect() {
        this.set((await read())?.open ?? NaN);
      },
    });
    new Gauge({
      name: 'tradeproof_envelopes_oldest_seconds',
      help: 'Age of the oldest envelope that another member’s node has not taken yet',
      registers,
      async collect() {
        const letters = await read();
        this.set(letters ? (letters.age ?? 0) : NaN);
      },
    });
    new Gauge({
      name: 'tradeproof_envelopes_set_aside',
      help: 'Envelopes that wait for the operator, by direction',
      labelNames: ['direction'],
      registers,
      async collect() {
        const letters = await read();
        this.set({ direction: 'out' }, letters?.out ?? NaN);
        this.set({ direction: 'in' }, letters?.in ?? NaN);
      },
    });
  }
}
