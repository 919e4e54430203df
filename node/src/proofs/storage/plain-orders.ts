import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import type { OrderStatus } from '../../orders/domain/order-status.js';
import type { Claim } from '../queries/portfolio-findings.js';
import { IN_FORCE } from '../verify/judge-order.js';

/** A claim of a portfolio that drew a number; those with the lowest are proven. */
export interface DrawnClaim {
  /** Place among the claims asked about. */
  readonly place: number;
  /** SHA-256 over the draw's secret and the claim's id, hex. */
  readonly number: string;
}

/** Which of some claims are orders that nothing need be said of. */
export interface PlainOrders {
  /** How many of them have each status. */
  readonly statuses: Readonly<Partial<Record<OrderStatus, number>>>;
  /** Places of the claims that are not among them, ascending. */
  readonly others: readonly number[];
  /** Those of them with slots on chain that drew the lowest numbers. */
  readonly drawn: readonly DrawnClaim[];
}

/** A claim's word on its commitment: a byte that says whether it has one, and the 32 of it. */
const SAID_BYTES = 33;

const AS_BELIEVED = `o.status = ANY($5) AND o.encumbered_descendants = 0
  AND ($2::bytea IS NULL OR get_byte($2, ${SAID_BYTES} * a.place) = 0
    OR substr($2, ${SAID_BYTES} * a.place + 2, 32) = o.commitment)
  AND ($3::int8[] IS NULL OR ($3::int8[])[a.place + 1] IN (-1, o.cover_version))`;

// Each claim is looked up by itself, by index: OFFSET 0 keeps the planner, which knows little of tables that just grew, from
// joining all to all.
// Ids come as one parameter, cut up here: an array of bytea would be written out as text, and read again.
const PLAIN = `
  WITH asked AS MATERIALIZED (
    SELECT i AS place, substr($1::bytea, 32 * i + 1, 32) AS id FROM generate_series(0, $4::int - 1) i
  ), believed AS (
    SELECT a.place, a.id, o.status, true AS on_chain FROM asked a
      CROSS JOIN LATERAL (SELECT * FROM chain_orders o WHERE o.id = a.id OFFSET 0) o WHERE ${AS_BELIEVED}
    UNION ALL
    SELECT a.place, a.id, o.status, false FROM asked a
      CROSS JOIN LATERAL (SELECT * FROM orders_in_batches o WHERE o.id = a.id OFFSET 0) o WHERE ${AS_BELIEVED}
  ), plain AS MATERIALIZED (
    SELECT * FROM believed b
    WHERE (NOT EXISTS (SELECT FROM chain_encumbrances e WHERE e.object = b.id AND e.state <> 'NONE')) IS TRUE
  )
  SELECT
    (SELECT coalesce(jsonb_object_agg(status, n), '{}')
       FROM (SELECT status, count(*) AS n FROM plain GROUP BY status) s) AS statuses,
    ARRAY(SELECT place FROM asked EXCEPT SELECT place FROM plain ORDER BY place) AS others,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('place', place, 'number', encode(number, 'hex'))), '[]')
       FROM (SELECT place, sha256($6::bytea || id) AS number FROM plain WHERE on_chain ORDER BY number LIMIT $7) d) AS drawn`;

/**
 * Finds among thousands of claims the orders that stand as their holders believe, so that hardly any row leaves the
 * database: in force, unchanged, and nobody's security. Whatever is not plain is for the findings to judge.
 */
@Injectable()
export class PlainOrderStore {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Of claims whose ids are 32 bytes. `secret` decides which numbers they draw; `most` of the lowest are given. */
  async among(claims: readonly Claim[], secret: Buffer, most: number): Promise<PlainOrders> {
    const [row] = await this.unitOfWork.manager.query<PlainOrders[]>(PLAIN, [
      Buffer.from(claims.map(({ id }) => id.slice(2)).join(''), 'hex'),
      saidCommitments(claims),
      claims.some(({ coverVersion }) => coverVersion !== undefined)
        ? claims.map(({ coverVersion }) => coverVersion ?? -1)
        : null,
      claims.length,
      IN_FORCE,
      secret,
      most,
    ]);
    return row!;
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
