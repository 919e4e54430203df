import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type pg from 'pg';
import { PG_POOL } from '../../database/index.js';

// An epoch is named by when it began, so that two restores of one backup do not begin the same. That news are numbered beyond the
// cluster's transactions tells a move where the cluster's name may not be read.
const MOVED = `cluster <> event_cluster() OR EXISTS (
  SELECT FROM event_news WHERE epoch = event_epoch.n AND tx >= pg_snapshot_xmax(pg_current_snapshot()))`;

// Another process may be telling news just now: what it tells of the epoch before has to be there before the next begins.
// Beware: one transaction, as all statements of one query are.
const BEGIN_NEXT = `
  LOCK TABLE event_news IN SHARE ROW EXCLUSIVE MODE;
  UPDATE event_epoch
  SET n = greatest(n + 1, extract(epoch FROM clock_timestamp())::int8), cluster = event_cluster()
  WHERE ${MOVED}`;

/** Begins a new epoch of the news where the database was restored to another cluster, before any are told there. */
@Injectable()
export class NewsEpoch implements OnModuleInit {
  constructor(@Inject(PG_POOL) private readonly pool: pg.Pool) {}

  async onModuleInit(): Promise<void> {
    const { rowCount } = await this.pool.query(`SELECT FROM event_epoch WHERE ${MOVED}`);
    if (rowCount) await this.pool.query(BEGIN_NEXT);
  }
}
