import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Conditions, statement, UnitOfWork } from '../database/index.js';
import { type Hex, toBytes, toHex } from '../kernel/hex.js';
import type { Address } from '../kernel/ids.js';
import type { ProblemRecord } from '../kernel/problem.js';
import { currentRequestId } from '../logging/index.js';
import type { Submission, SubmissionStatus } from './submission.js';

/** A submission that waits for its nonce. */
export interface QueuedCall {
  readonly id: string;
  readonly to: Address;
  readonly data: Hex;
  /** Object of the one-time account that sends it, null for the operator or admin. */
  readonly object: Hex | null;
}

/** A numbered and signed transaction. */
export interface SignedCall {
  readonly id: string;
  readonly nonce: number;
  readonly raw: Hex;
  readonly tx: Hex;
}

/** A transaction that was sent and is in no block yet. */
export interface CallInFlight extends Omit<SignedCall, 'raw'> {
  /** Seconds since it was sent last; infinite when the chain took it back and it has to be sent anew. */
  readonly sinceSent: number;
  /** Seconds since it was signed, or taken back. */
  readonly open: number;
  /** No block of the index before this one has it. */
  readonly notBefore: number;
}

/** A submission, and what was sent of it. */
type Sent = Pick<CallInFlight, 'id' | 'tx'>;

/** A transaction with its end, as the chain told it. */
export interface SettledCall extends Omit<SignedCall, 'raw'> {
  readonly block: number;
  readonly succeeded: boolean;
}

/** The block that has a transaction. */
export interface InBlock {
  readonly block: number;
  readonly blockHash: Hex;
}

export interface NewSubmission extends QueuedCall {
  readonly act: string;
  readonly account: Address;
  readonly subject: Submission['subject'];
}

/** Channel on which processes tell one another which submissions failed or were included. */
export const CHANNEL = 'tradeproof_submissions';

/** Columns that {@link toSubmission} reads. */
const SHOWN =
  'id, act, status, subject_type, subject_id, account, tx, block, problem, request_id, created_at, updated_at';

/** How many blocks the index may go back: what was signed before may be in one of the same number as had been indexed then. */
export const REWINDABLE = 512;

type Row = Record<string, unknown>;

/**
 * Whether this node's index has just this block, or went past it so long ago that it cannot be rewound to: an endpoint
 * may show a block that the chain never keeps.
 */
const indexed = (number: string, hash: string) => `
  ${number} <= (SELECT number FROM indexer_checkpoint)
  AND NOT EXISTS (SELECT 1 FROM indexer_blocks b WHERE b.number = ${number} AND b.hash <> ${hash})`;

const SENT_AS = `status = 'SENT' AND tx =`;
const OPEN_AGAIN = `status = 'SENT', block = NULL, block_hash = NULL, problem = NULL, sent_at = NULL, updated_at = now()`;

/** Ends that were read of another block than the index has. */
const LOST = `
  FROM indexer_blocks b WHERE b.number = s.block AND b.hash <> s.block_hash AND s.status IN ('INCLUDED', 'REVERTED')`;

const OPEN_LANES = statement(`SELECT DISTINCT account FROM submissions WHERE status IN ('QUEUED', 'SENT')`);
const NEXT = statement(`
  SELECT id, call_to, call_data, account_object FROM submissions
  WHERE account = $1 AND status = 'QUEUED' ORDER BY seq LIMIT $2`);
// Whichever way: with the clock put back, what was sent since then is of long before, not of times to come.
const IN_FLIGHT = statement(`
  SELECT id, nonce, tx, abs(extract(epoch FROM now() - sent_at))::float8 AS since_sent,
         abs(extract(epoch FROM now() - updated_at))::float8 AS open,
         least(coalesce(since_block, 0), (SELECT number FROM indexer_checkpoint)) - ${REWINDABLE} AS not_before
  FROM submissions
  WHERE account = $1 AND status = 'SENT' ORDER BY nonce`);
const COUNT_IN_FLIGHT = statement(`SELECT count(*) AS n FROM submissions WHERE account = $1 AND status = 'SENT'`);

/**
 * The SQL of the outbox. Each method runs in the caller's unit of work, if there is one. Each change says what it changes
 * from: a process whose connection broke has lost its lane, and may learn of it only after another one took it over.
 */
@Injectable()
export class OutboxStore {
  constructor(private readonly unit: UnitOfWork) {}

  async insert(row: NewSubmission): Promise<void> {
    await this.#query(
      `INSERT INTO submissions (id, act, subject_type, subject_id, account, account_object, call_to, call_data,
                                request_id, since_block)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, (SELECT number FROM indexer_checkpoint))`,
      [
        row.id,
        row.act,
        row.subject.type,
        toBytes(row.subject.id),
        toBytes(row.account),
        row.object && toBytes(row.object),
        toBytes(row.to),
        toBytes(row.data),
        currentRequestId(),
      ],
    );
  }

  /** The submissions of these ids that there are, in no order. */
  async find(ids: readonly string[]): Promise<Submission[]> {
    const rows = await this.#query(`SELECT ${SHOWN} FROM submissions WHERE id = ANY($1::uuid[])`, [ids]);
    return rows.map(toSubmission);
  }

  /** Newest first, at most `limit`, each with its place: those before `before`, which is such a place. */
  async list(
    { status, before }: { readonly status?: SubmissionStatus | undefined; readonly before?: string | undefined },
    limit: number,
  ): Promise<{ seq: string; submission: Submission }[]> {
    const where = new Conditions();
    if (before !== undefined) where.add('seq < ?', before);
    if (status !== undefined) where.add('status = ?', status);
    // Said so that the index of those is taken: nearly all are included.
    if (status !== undefined && status !== 'INCLUDED') where.add(`status <> 'INCLUDED'`);
    const rows = await this.#query(
      `SELECT seq, ${SHOWN} FROM submissions WHERE ${where} ORDER BY seq DESC LIMIT ${limit}`,
      where.values,
    );
    return rows.map((row) => ({ seq: String(row['seq']), submission: toSubmission(row) }));
  }

  /** Those of the subjects about which such an act waits or is in flight, or is again, since the index has its block no more. */
  async subjectsOfOpen(act: string, subjects: readonly Hex[], account?: Address): Promise<Hex[]> {
    const rows = await this.#query(
      `SELECT DISTINCT subject_id FROM submissions s WHERE act = $1 AND subject_id = ANY($2::bytea[]) AND account = coalesce($3::bytea, account)
         AND (status IN ('QUEUED', 'SENT') OR EXISTS (SELECT ${LOST})
           OR status IN ('INCLUDED', 'REVERTED') AND block > (SELECT number FROM indexer_checkpoint))`,
      [act, subjects.map(toBytes), account ? toBytes(account) : null],
    );
    return rows.map(({ subject_id }) => toHex(subject_id as Buffer));
  }

  /** Accounts with something to send or to follow. */
  async openLanes(): Promise<Address[]> {
    const rows = await this.unit.read<Row>(OPEN_LANES, []);
    return rows.map(({ account }) => toHex(account as Buffer) as Address);
  }

  /** Accounts of what was included after `block`, which a rewind to it takes back. */
  async lanesAfter(block: number): Promise<Address[]> {
    const rows = await this.#query('SELECT DISTINCT account FROM submissions WHERE block > $1', [block]);
    return rows.map(({ account }) => toHex(account as Buffer) as Address);
  }

  /** Accounts of what ended in a block that this node's index has not, but another in its place. */
  async lostLanes(): Promise<Address[]> {
    const rows = await this.#query(
      `SELECT DISTINCT s.account FROM submissions s, LATERAL (SELECT 1 ${LOST}) lost
       WHERE s.block >= (SELECT min(number) FROM indexer_blocks)`,
    );
    return rows.map(({ account }) => toHex(account as Buffer) as Address);
  }

  /** The oldest that wait, at most `limit`. */
  async queued(account: Address, limit: number): Promise<QueuedCall[]> {
    const rows = await this.unit.read<Row>(NEXT, [toBytes(account), limit]);
    return rows.map(({ id, call_to, call_data, account_object }) => ({
      id: id as string,
      to: toHex(call_to as Buffer) as Address,
      data: toHex(call_data as Buffer),
      object: account_object === null ? null : toHex(account_object as Buffer),
    }));
  }

  /** What was sent and is in no block yet, by nonce. */
  async inFlight(account: Address): Promise<CallInFlight[]> {
    const rows = await this.unit.read<Row>(IN_FLIGHT, [toBytes(account)]);
    return rows.map(({ id, nonce, tx, since_sent, open, not_before }) => ({
      id: id as string,
      nonce: Number(nonce),
      tx: toHex(tx as Buffer),
      sinceSent: Number(since_sent ?? Number.POSITIVE_INFINITY),
      open: Number(open),
      notBefore: Number(not_before),
    }));
  }

  async countInFlight(account: Address): Promise<number> {
    const [row] = await this.unit.read<Row>(COUNT_IN_FLIGHT, [toBytes(account)]);
    return Number(row!['n']);
  }

  /** The raw transactions of these submissions, by nonce. */
  async signed(ids: readonly string[]): Promise<SignedCall[]> {
    const rows = await this.#query(
      'SELECT id, nonce, raw, tx FROM submissions WHERE id = ANY($1::uuid[]) AND raw IS NOT NULL ORDER BY nonce',
      [ids],
    );
    return rows.map(({ id, nonce, raw, tx }) => ({
      id: id as string,
      nonce: Number(nonce),
      raw: toHex(raw as Buffer),
      tx: toHex(tx as Buffer),
    }));
  }

  /** What has an end, newest nonce first, below `nonce`. */
  async settledBelow(account: Address, nonce: number, limit: number): Promise<SettledCall[]> {
    const rows = await this.#query(
      `SELECT id, nonce, tx, block, status FROM submissions
       WHERE account = $1 AND nonce < $2 AND status IN ('INCLUDED', 'REVERTED') ORDER BY nonce DESC LIMIT $3`,
      [toBytes(account), nonce, limit],
    );
    return rows.map((row) => ({
      id: row['id'] as string,
      nonce: Number(row['nonce']),
      tx: toHex(row['tx'] as Buffer),
      block: Number(row['block']),
      succeeded: row['status'] === 'INCLUDED',
    }));
  }

  /** Those nonces from `from` to before `to`, which is not far, that no submission of the account bears. */
  async unusedNonces(account: Address, from: number, to: number): Promise<number[]> {
    const rows = await this.#query(
      `SELECT n FROM generate_series($2::int8, $3::int8 - 1) n
       WHERE NOT EXISTS (SELECT 1 FROM submissions WHERE account = $1 AND nonce = n) ORDER BY n`,
      [toBytes(account), from, to],
    );
    return rows.map(({ n }) => Number(n));
  }

  /** Object of the one-time account, null for another. */
  async objectOf(account: Address): Promise<Hex | null> {
    const [row] = await this.#query('SELECT account_object FROM submissions WHERE account = $1 LIMIT 1', [
      toBytes(account),
    ]);
    return row?.['account_object'] ? toHex(row['account_object'] as Buffer) : null;
  }

  /** What a submission calls. */
  async callOf(id: string): Promise<{ to: Address; data: Hex }> {
    const [row] = await this.#query('SELECT call_to, call_data FROM submissions WHERE id = $1', [id]);
    return { to: toHex(row!['call_to'] as Buffer) as Address, data: toHex(row!['call_data'] as Buffer) };
  }

  async refuse(id: string, problem: ProblemRecord): Promise<void> {
    await this.#change(`status = 'QUEUED'`, `status = 'REFUSED', problem = $2`, id, JSON.stringify(problem));
  }

  /**
   * Gives the next nonces of the lane to `sign`, from the first on, and stores what it signed, all in one transaction: a
   * nonce is never given to two, and never sent before it is stored. `chainNonce` counts what the chain has included.
   */
  async number(
    account: Address,
    chainNonce: number,
    sign: (first: number) => Promise<SignedCall[]>,
  ): Promise<SignedCall[]> {
    return this.unit.run(async () => {
      await this.#query('INSERT INTO lanes VALUES ($1, $2) ON CONFLICT DO NOTHING', [toBytes(account), chainNonce]);
      const [lane] = await this.#query(
        `SELECT next_nonce, EXISTS (SELECT 1 FROM submissions s WHERE s.account = l.account AND status = 'SENT') AS busy,
           (SELECT max(nonce) FROM submissions s WHERE s.account = l.account) AS last
         FROM lanes l WHERE account = $1 FOR UPDATE`,
        [toBytes(account)],
      );
      // With nothing in flight the chain's count is right whatever the ledger says: a key used elsewhere, a restored backup.
      const { next_nonce: ledger, last, busy } = lane!;
      const first = busy ? Math.max(Number(ledger), Number(last) + 1, chainNonce) : chainNonce;
      const signed = await sign(first);
      await this.#query('UPDATE lanes SET next_nonce = $2 WHERE account = $1', [
        toBytes(account),
        first + signed.length,
      ]);
      const numbered = await this.#query(
        `UPDATE submissions s SET status = 'SENT', nonce = n.nonce, raw = n.raw, tx = n.tx, sent_at = now(), updated_at = now(),
           since_block = coalesce(since_block, (SELECT number FROM indexer_checkpoint))
         FROM unnest($1::uuid[], $2::int8[], $3::bytea[], $4::bytea[]) AS n (id, nonce, raw, tx)
         WHERE s.id = n.id AND s.status = 'QUEUED' RETURNING s.id`,
        [
          signed.map(({ id }) => id),
          signed.map(({ nonce }) => nonce),
          signed.map(({ raw }) => toBytes(raw)),
          signed.map(({ tx }) => toBytes(tx)),
        ],
      );
      if (numbered.length < signed.length) throw new Error('another process has numbered what waits in the lane');
      return signed;
    });
  }

  async noteSent(ids: readonly string[]): Promise<void> {
    await this.#query('UPDATE submissions SET sent_at = now() WHERE id = ANY($1::uuid[])', [ids]);
  }

  /**
   * Those of which this node has indexed an event in the block that has them, as each call emits one; the others are in flight
   * until it has, or what an endpoint says of them is `believed`. Returns the ids of those that were.
   */
  async include(
    calls: readonly ({ readonly id: string } & InBlock)[],
    { believed = false } = {},
  ): Promise<ReadonlySet<string>> {
    const rows = await this.#query(
      `WITH included AS (
         UPDATE submissions s SET status = 'INCLUDED', block = i.block, block_hash = i.hash, problem = NULL, updated_at = now()
         FROM unnest($1::uuid[], $2::int8[], $3::bytea[]) AS i (id, block, hash)
         WHERE s.id = i.id AND s.status = 'SENT' AND ${indexed('i.block', 'i.hash')}
           AND ($4 OR (i.block, s.tx) IN (SELECT e.block, e.tx FROM chain_events e WHERE e.block = ANY($2::int8[])))
         RETURNING s.id
       )
       SELECT id, pg_notify('${CHANNEL}', id::text) FROM included`,
      [
        calls.map(({ id }) => id),
        calls.map(({ block }) => block),
        calls.map(({ blockHash }) => toBytes(blockHash)),
        believed,
      ],
    );
    return new Set(rows.map(({ id }) => id as string));
  }

  /**
   * What the index has events of, in whatever block: included, though an endpoint does not say so. Looks at all blocks that can
   * have it, by the primary key: not for what comes with each block. Returns whether it was that.
   */
  async includeIndexed({ id, tx, notBefore }: Pick<CallInFlight, 'id' | 'tx' | 'notBefore'>): Promise<boolean> {
    const rows = await this.#query(
      `WITH included AS (
         UPDATE submissions s SET status = 'INCLUDED', block = e.block, block_hash = b.hash, problem = NULL, updated_at = now()
         FROM (SELECT block FROM chain_events WHERE block >= $3 AND tx = $2 LIMIT 1) e
         LEFT JOIN indexer_blocks b ON b.number = e.block
         WHERE s.id = $1 AND s.${SENT_AS} $2 RETURNING s.id
       )
       SELECT pg_notify('${CHANNEL}', id::text) FROM included`,
      [id, toBytes(tx), notBefore],
    );
    return rows.length > 0;
  }

  /** Whether this node's index has just this block. */
  async hasIndexed({ block, blockHash }: InBlock): Promise<boolean> {
    const [row] = await this.#query(`SELECT ${indexed('$1::int8', '$2::bytea')} AS has`, [block, toBytes(blockHash)]);
    return row!['has'] === true;
  }

  /** Only while this transaction is what was sent of it: a process that lost its lane may come back with what it saw before. */
  async revert({ id, tx }: Sent, { block, blockHash }: InBlock, problem: ProblemRecord): Promise<void> {
    const set = `status = 'REVERTED', block = $3, block_hash = $4, problem = $5`;
    await this.#change(`${SENT_AS} $2`, set, id, toBytes(tx), block, toBytes(blockHash), JSON.stringify(problem));
  }

  /**
   * Its nonce went to another transaction, so it can never be included as signed: back to the end of the queue. Likewise only
   * while it is what was sent.
   */
  async requeue({ id, tx }: Sent): Promise<void> {
    const set = `status = 'QUEUED', nonce = NULL, raw = NULL, tx = NULL, sent_at = NULL`;
    await this.#change(`${SENT_AS} $2`, set, id, toBytes(tx));
  }

  /** What became of these no longer stands: they are in flight again, and to be sent at once. */
  async takeBack(ids: readonly string[]): Promise<void> {
    await this.#query(
      `UPDATE submissions SET ${OPEN_AGAIN} WHERE id = ANY($1::uuid[]) AND status IN ('INCLUDED', 'REVERTED')`,
      [ids],
    );
  }

  /** The same of what ended in a block that the index has not, but another in its place. Returns how many. */
  async takeBackLost(account: Address): Promise<number> {
    const rows = await this.#query(`UPDATE submissions s SET ${OPEN_AGAIN} ${LOST} AND s.account = $1 RETURNING s.id`, [
      toBytes(account),
    ]);
    return rows.length;
  }

  async #change(from: string, set: string, id: string, ...values: readonly unknown[]): Promise<void> {
    await this.#query(`UPDATE submissions SET ${set}, updated_at = now() WHERE id = $1 AND ${from}`, [id, ...values]);
    await this.#query(`SELECT pg_notify('${CHANNEL}', $1)`, [id]);
  }

  /** TypeORM answers an UPDATE with rows and count. */
  async #query(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    const manager: EntityManager = this.unit.manager;
    const result = (await manager.query(sql, parameters)) as Row[] | [Row[], number];
    return Array.isArray(result[0]) ? result[0] : (result as Row[]);
  }
}

function toSubmission(row: Row): Submission {
  return {
    id: row['id'] as string,
    act: row['act'] as string,
    status: row['status'] as SubmissionStatus,
    subject: { type: row['subject_type'] as string, id: toHex(row['subject_id'] as Buffer) },
    account: toHex(row['account'] as Buffer) as Address,
    transaction: row['tx'] === null ? null : toHex(row['tx'] as Buffer),
    block: row['block'] === null ? null : Number(row['block']),
    problem: row['problem'] as ProblemRecord | null,
    requestId: row['request_id'] as string | null,
    createdAt: (row['created_at'] as Date).toISOString(),
    updatedAt: (row['updated_at'] as Date).toISOString(),
  };
}
