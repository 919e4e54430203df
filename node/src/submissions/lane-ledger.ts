import { Injectable } from '@nestjs/common';
import type { SentTransaction } from '../chain/index.js';
import { UnitOfWork } from '../database/index.js';
import { type Hex, toBytes, toHex } from '../kernel/hex.js';
import type { Address } from '../kernel/ids.js';
import { type CallInFlight, CHANNEL, REWINDABLE } from './outbox-store.js';

/** A call that waits for its nonce. */
export interface WaitingCall {
  readonly id: string;
  /** SHA-256 of whom it calls, then calldata. */
  readonly call: Hex;
  /** No block before this one has it. */
  readonly notBefore: number;
}

/** A transaction of which the index has an event, and the place of that. */
export interface IndexedTransaction {
  readonly block: number;
  readonly logIndex: number;
  readonly tx: Hex;
}

/**
 * What a lane knows of its nonces: each below `lanes.next_nonce` is of a submission, or what it was spent on has been looked
 * at. The caller holds the lane's lock.
 */
@Injectable()
export class LaneLedger {
  constructor(private readonly unit: UnitOfWork) {}

  /** All nonces below this one are known. */
  async known(account: Address): Promise<number> {
    const [lane] = await this.#rows<{ next_nonce: string }>('SELECT next_nonce FROM lanes WHERE account = $1', [
      toBytes(account),
    ]);
    return Number(lane?.next_nonce ?? 0);
  }

  async know(account: Address, nonce: number): Promise<void> {
    await this.#rows(
      `INSERT INTO lanes AS l VALUES ($1, $2)
       ON CONFLICT (account) DO UPDATE SET next_nonce = greatest(l.next_nonce, EXCLUDED.next_nonce)`,
      [toBytes(account), nonce],
    );
  }

  async hasInFlightBelow(account: Address, nonce: number): Promise<boolean> {
    const rows = await this.#rows(
      `SELECT FROM submissions WHERE account = $1 AND status = 'SENT' AND nonce < $2 LIMIT 1`,
      [toBytes(account), nonce],
    );
    return rows.length > 0;
  }

  /** All that wait, oldest first. */
  async waiting(account: Address): Promise<WaitingCall[]> {
    const rows = await this.#rows<{ id: string; call: Buffer; not_before: string }>(
      `SELECT id, sha256(call_to || call_data) AS call, coalesce(since_block, 0) - ${REWINDABLE} AS not_before
       FROM submissions WHERE account = $1 AND status = 'QUEUED' ORDER BY seq`,
      [toBytes(account)],
    );
    return rows.map(({ id, call, not_before }) => ({ id, call: toHex(call), notBefore: Number(not_before) }));
  }

  /** Events after such a place and up to a block, in their order, at most `limit`. */
  async indexed(after: Omit<IndexedTransaction, 'tx'>, to: number, limit: number): Promise<IndexedTransaction[]> {
    const rows = await this.#rows<{ block: string; log_index: number; tx: Buffer }>(
      `SELECT block, log_index, tx FROM chain_events WHERE (block, log_index) > ($1, $2) AND block <= $3
       ORDER BY block, log_index LIMIT $4`,
      [after.block, after.logIndex, to, limit],
    );
    return rows.map(({ block, log_index, tx }) => ({ block: Number(block), logIndex: log_index, tx: toHex(tx) }));
  }

  /** What waits was sent with this transaction. False when it waits no more, or the transaction is another submission's. */
  async adopt(id: string, { from, nonce, raw, hash }: SentTransaction): Promise<boolean> {
    const rows = await this.#rows(
      `WITH adopted AS (
         UPDATE submissions SET status = 'SENT', nonce = $3, raw = $4, tx = $5, sent_at = now(), updated_at = now()
         WHERE id = $1 AND status = 'QUEUED' AND NOT EXISTS (SELECT FROM submissions WHERE account = $2 AND nonce = $3)
         RETURNING id
       )
       SELECT pg_notify('${CHANNEL}', id::text) FROM adopted`,
      [id, toBytes(from), nonce, toBytes(raw), toBytes(hash)],
    );
    return rows.length > 0;
  }

  /**
   * Its nonce went to another transaction, so it can never be included as signed: back to the queue, and that nonce is known no
   * more. Only while it is what was sent: a process that lost its lane may come back with what it saw before.
   */
  async lostNonce({ id, tx, nonce }: Pick<CallInFlight, 'id' | 'tx' | 'nonce'>): Promise<void> {
    await this.#rows(
      `WITH requeued AS (
         UPDATE submissions SET status = 'QUEUED', nonce = NULL, raw = NULL, tx = NULL, sent_at = NULL, updated_at = now()
         WHERE id = $1 AND status = 'SENT' AND tx = $2 RETURNING id, account
       ), unknown AS (
         UPDATE lanes l SET next_nonce = least(next_nonce, $3) FROM requeued r WHERE l.account = r.account
       )
       SELECT pg_notify('${CHANNEL}', id::text) FROM requeued`,
      [id, toBytes(tx), nonce],
    );
  }

  #rows<Row>(sql: string, parameters: unknown[]): Promise<Row[]> {
    return this.unit.manager.query<Row[]>(sql, parameters);
  }
}
