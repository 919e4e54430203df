import { Injectable } from '@nestjs/common';
import { statement, UnitOfWork } from '../../database/index.js';
import type { DocumentPlace } from '../../documents/index.js';
import { readRows } from '../../indexer/index.js';
import { type Hex, toBytes } from '../../kernel/hex.js';
import { type ChainMilestone, chainMilestones } from './chain-milestones.js';

/** An entry with whether it counts: of those with one origin the last does. */
export interface Milestone extends ChainMilestone {
  readonly live: boolean;
}

/** What it commits to, and of which order. */
export const placeOf = ({ order_id: object, commitment: root }: ChainMilestone): DocumentPlace => ({ root, object });

const FIRST = `SELECT m.*, NOT EXISTS (
    SELECT FROM chain_milestones later
     WHERE later.order_id = m.order_id AND later.origin = m.origin AND later.position > m.position) AS live
  FROM chain_milestones m WHERE`;

const COLUMNS = Object.keys(chainMilestones.columns).join(', ');
/** One pass over the log: a look for a later entry of the same origin, row by row, would be as many. */
const OF_ORDER = statement(`SELECT ${COLUMNS}, live FROM (
    SELECT *, position = max(position) OVER (PARTITION BY origin) AS live FROM chain_milestones
    WHERE order_id = $1 AND position < $4) m
  WHERE position >= $2 ORDER BY position LIMIT $3`);

/** More than any log has. */
const ALL = Number.MAX_SAFE_INTEGER;

/** Fulfilment logs, as of the indexed head. */
@Injectable()
export class Milestones {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Entries of an order's log from a position on, in the log's order. */
  async of(order: Hex, { from = 0, limit }: { from?: number; limit?: number } = {}): Promise<Milestone[]> {
    return milestonesOf(await this.unitOfWork.read(OF_ORDER, [toBytes(order), from, limit, ALL]));
  }

  /** The whole log as it was when the order was read, whatever came since: it hashes to the head that the order has. */
  async asOf({ id, entries }: { readonly id: Hex; readonly entries: number }): Promise<Milestone[]> {
    return milestonesOf(await this.unitOfWork.read(OF_ORDER, [toBytes(id), 0, undefined, entries]));
  }

  /** How many entries of an order's log are a member's. */
  async countBy(author: number, order: Hex): Promise<number> {
    const [row] = await this.unitOfWork.manager.query<{ entries: number }[]>(
      'SELECT count(*)::int AS entries FROM chain_milestones WHERE order_id = $1 AND author = $2',
      [toBytes(order), author],
    );
    return row!.entries;
  }

  /** The entry that commits to a document of this root. */
  async byCommitment(commitment: Hex): Promise<Milestone | undefined> {
    const [first] = await this.query(`${FIRST} m.commitment = $1 ORDER BY m.block, m.log_index LIMIT 1`, [
      toBytes(commitment),
    ]);
    return first;
  }

  /** The entry of an order's log that is named by its hash or by its commitment. */
  async find(order: Hex, id: Hex): Promise<Milestone | undefined> {
    const [first] = await this.query(
      `${FIRST} m.order_id = $1 AND $2 IN (m.entry, m.commitment) ORDER BY m.position LIMIT 1`,
      [toBytes(order), toBytes(id)],
    );
    return first;
  }

  private async query(sql: string, values: unknown[]): Promise<Milestone[]> {
    return milestonesOf(await this.unitOfWork.manager.query<Record<string, unknown>[]>(sql, values));
  }
}

function milestonesOf(rows: readonly Record<string, unknown>[]): Milestone[] {
  return readRows(chainMilestones, rows).map((row, place) => ({ ...row, live: rows[place]!['live'] as boolean }));
}
