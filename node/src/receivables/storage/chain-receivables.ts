import { defineChainTable } from '../../indexer/index.js';
import type { Hex } from '../../kernel/hex.js';
import type { ReceivableStatus } from '../domain/states.js';
import type { EventPlace } from './event-place.js';

/** A receivable as the chain has it. */
export interface ChainReceivable {
  readonly id: Hex;
  readonly obligor: number;
  readonly supplier: number;
  /** One-time account of who holds the claim. */
  readonly holder: Hex;
  readonly status: ReceivableStatus;
  /** Of the invoice's fields. */
  readonly commitment: Hex;
  /** Of the confirmation's terms; with scope null until confirmed. */
  readonly confirmation: Hex | null;
  readonly scope: number | null;
  /** Its own count of acts that can lower cover; consents add those of its orders. */
  readonly cover_version: number;
  /** Head of its log, zero until confirmed. */
  readonly head: Hex;
  /** Entries in that log. */
  readonly entries: number;
  readonly open_disputes: number;
  /** Bits of RECEIVABLE_MARKS. */
  readonly marks: number;
  /** Which instalment of how many of its invoice, from 1; 0 before its confirmation and for a part of a split. */
  readonly instalment: number;
  readonly instalments: number;
  /** The receivable that it is a part of, and which part, from 0. */
  readonly parent: Hex | null;
  readonly part: number | null;
  /** Named when it was voided; the only one that may take its fingerprints. */
  readonly successor: Hex | null;
  readonly issued_block: number;
  readonly issued_log: number;
  readonly issued: EventPlace;
  readonly confirmed: EventPlace | null;
  /** Settled, split, written off or voided. */
  readonly ended: EventPlace | null;
}

export const chainReceivables = defineChainTable<ChainReceivable>({
  name: 'chain_receivables',
  key: ['id'],
  columns: {
    id: 'bytea',
    obligor: 'int8',
    supplier: 'int8',
    holder: 'bytea',
    status: 'text',
    commitment: 'bytea',
    confirmation: 'bytea',
    scope: 'int4',
    cover_version: 'int8',
    head: 'bytea',
    entries: 'int8',
    open_disputes: 'int8',
    marks: 'int4',
    instalment: 'int4',
    instalments: 'int4',
    parent: 'bytea',
    part: 'int8',
    successor: 'bytea',
    issued_block: 'int8',
    issued_log: 'int4',
    issued: 'jsonb',
    confirmed: 'jsonb',
    ended: 'jsonb',
  },
});
