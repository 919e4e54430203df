import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { PG_POOL } from '../../database/index.js';
import type { OrderStatus } from '../../orders/domain/order-status.js';
import type { Claim } from '../queries/portfolio-findings.js';
import { IN_FORCE } from '../verify/judge-order.js';

/** Which of some claims are orders that nothing need be said of. */
export interface PlainOrders {
  /** How many of them have each status. */
  readonly statuses: Readonly<Partial<Record<OrderStatus, number>>>;
  /** Places of the claims that are not among them, ascending. */
  readonly others: readonly number[];
}

/** A claim's word on its commitment: a byte that says whether it has one, and the 32 of it. */
const SAID_BYTES = 33;

// Each claim is looked up by itself, by index: OFFSET 0 keeps the planner, which knows little of tables that just grew, from
// joining all to all. Batches are looked up once each, and their bitmaps unpacked once.
// Ids come as one parameter, cut up here: an array of bytea would be written out as text, and read again.
const PLAIN = `
  WITH asked AS MATERIALIZED (
    SELECT i AS place, substr($1::bytea, 32 * i + 1, 32) AS id FROM generate_series(0, $4::int - 1) i
  ), own AS MATERIALIZED (
    SELECT a.place, a.id, o.* FROM asked a CROSS JOIN LATERAL (
      SELECT status, type, encumbered_descendants, commitment, cover_version FROM chain_orders WHERE id = a.id OFFSET 0) o
  ), leaf AS MATERIALIZED (
    SELECT a.place, a.id, l.* FROM asked a CROSS JOIN LATERAL (
      SELECT batch_id, position, commitment, expiry FROM order_leaves WHERE order_id = a.id OFFSET 0) l
  ), batch AS MATERIALIZED (
    SELECT d.batch_id, b.* FROM (SELECT DISTINCT batch_id FROM leaf) d
      CROSS JOIN LATERAL (SELECT buyer, root FROM order_batches WHERE id = d.batch_id OFFSET 0) n
      CROSS JOIN LATERAL (
        SELECT answered_at, bitmap || '' AS bitmap FROM chain_order_batches c WHERE c.buyer = n.buyer AND c.root = n.root OFFSET 0) b
  ), placed AS (
    SELECT l.place, l.id, l.position, l.commitment, l.expiry, b.answered_at, b.bitmap FROM leaf l JOIN batch b USING (batch_id)
    UNION ALL
    SELECT a.place, a.id, l.* FROM asked a CROSS JOIN LATERAL (
      SELECT position, commitment, expiry, answered_at, bitmap FROM shown_order_places WHERE order_id = a.id OFFSET 0) l
  ), standing AS (
    SELECT place, id, status, commitment, cover_version FROM own
    WHERE status = ANY($5) AND type = 'ORDER' AND encumbered_descendants = 0
    UNION ALL
    SELECT place, id, 'ACCEPTED', commitment, 0 FROM placed
    WHERE expiry >= answered_at AND place NOT IN (SELECT place FROM own)
      AND CASE WHEN position < 8 * length(bitmap) THEN get_bit(bitmap, position) = 1 END
  ), plain AS MATERIALIZED (
    SELECT place, status FROM standing s
    WHERE ($2::bytea IS NULL OR get_byte($2, ${SAID_BYTES} * place) = 0 OR substr($2, ${SAID_BYTES} * place + 2, 32) = commitment)
      AND ($3::int8[] IS NULL OR ($3::int8[])[place + 1] IN (-1, cover_version))
      AND (NOT EXISTS (SELECT FROM chain_encumbrances e WHERE e.object = s.id AND e.state <> 'NONE')) IS TRUE
  )
  SELECT
    (SELECT coalesce(jsonb_object_agg(status, n), '{}')
       FROM (SELECT status, count(*) AS n FROM plain GROUP BY status) s) AS statuses,
    ARRAY(SELECT place FROM asked EXCEPT SELECT place FROM plain ORDER BY place) AS others`;

/**
 * Finds among thousands of claims the orders that stand as their holders believe, so that hardly any row leaves the
 * database: in force, unchanged, and nobody's security. Whatever is not plain is for the findings to judge.
 */
@Injectable()
export class PlainOrderStore {
  // Not within the unit of work that each POST runs in: its one connection would look up one part after another.
  constructor(@Inject(PG_POOL) private readonly pool: pg.Pool) {}

  /** Of claims whose ids are 32 bytes. */
  async among(claims: readonly Claim[]): Promise<PlainOrders> {
    const { rows } = await this.pool.query<PlainOrders>(PLAIN, [
      Buffer.from(claims.map(({ id }) => id.slice(2)).join(''), 'hex'),
      saidCommitments(claims),
      claims.some(({ coverVersion }) => coverVersion !== undefined)
        ? claims.map(({ coverVersion }) => coverVersion ?? -1)
        : null,
      claims.length,
      IN_FORCE,
    ]);
    return rows[0]!;
  }
}

/** Null when no claim names one. */
function saidCommitments(claims: readonly Claim[]): Buffer | null {
  if (claims.every(({ commitment }) => commitment === undefined)) return null;
  const said = Buffer.alloc(SAID_BYTES * claims.length);
  for (const [place, { commitment }] of claims.entries()) {
    if (commitment === undefined) continue;
    said[SAID_BYTES * place] = 1;
    said.write(commitment.slice(2), SAID_BYTES * place + 1, 'hex');
  }
  return said;
}
