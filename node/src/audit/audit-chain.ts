import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/index.js';
import { AUDIT_COLUMNS, type AuditRow, chainHash, GENESIS } from './row.js';

/** Any number, the same in each process. */
const LOCK = 6_349_077_401_229;
const BATCH = 5000;

/** How far the log is chained. */
export interface AuditHead {
  /** Rows chained so far. */
  readonly position: number;
  /** Hash of the last one, hex. */
  readonly hash: string;
}

export interface AuditVerdict extends AuditHead {
  readonly intact: boolean;
  /** Position of the first row that does not fit its hash, if any. */
  readonly brokenAt: number | null;
}

/**
 * Chains the rows of the audit log by hash. Writers do not: each would hold the head's lock until its commit, and all
 * writes would queue up behind one another. Rows are chained in the order in which a sealer first sees them.
 */
@Injectable()
export class AuditChain {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Chains all committed rows that are not yet; one process at a time. */
  async seal(): Promise<AuditHead> {
    for (;;) {
      const { head, sealed } = await this.unitOfWork.run(() => this.sealBatch());
      if (sealed < BATCH) return head;
    }
  }

  /** Seals, then recomputes the whole chain. */
  async verify(): Promise<AuditVerdict> {
    const head = await this.seal();
    let previous: Buffer = GENESIS;
    let position = 0;
    while (position < head.position) {
      const rows = await this.unitOfWork.manager.query<(AuditRow & { position: string; hash: Buffer })[]>(
        `SELECT ${AUDIT_COLUMNS}, position, hash FROM audit_log WHERE position > $1 ORDER BY position LIMIT ${BATCH}`,
        [position],
      );
      for (const row of rows) {
        const hash = chainHash(previous, row);
        if (Number(row.position) !== ++position || !hash.equals(row.hash))
          return { ...head, intact: false, brokenAt: position };
        previous = hash;
      }
      if (rows.length === 0) return { ...head, intact: false, brokenAt: position + 1 };
    }
    return { ...head, intact: true, brokenAt: null };
  }

  private async sealBatch(): Promise<{ head: AuditHead; sealed: number }> {
    const { manager } = this.unitOfWork;
    await manager.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
    const [last] = await manager.query<{ position: string; hash: Buffer }[]>(
      'SELECT position, hash FROM audit_log WHERE position IS NOT NULL ORDER BY position DESC LIMIT 1',
    );
    const rows = await manager.query<AuditRow[]>(
      `SELECT ${AUDIT_COLUMNS} FROM audit_log WHERE position IS NULL ORDER BY id LIMIT ${BATCH}`,
    );
    const first = Number(last?.position ?? 0) + 1;
    let hash = last?.hash ?? GENESIS;
    const hashes = rows.map((row) => (hash = chainHash(hash, row)));
    if (rows.length > 0) {
      await manager.query(
        `UPDATE audit_log a SET position = s.position, hash = s.hash
           FROM unnest($1::bigint[], $2::bigint[], $3::bytea[]) AS s(id, position, hash) WHERE a.id = s.id`,
        [rows.map((row) => row.id), rows.map((_, index) => first + index), hashes],
      );
    }
    return { head: { position: first + rows.length - 1, hash: hash.toString('hex') }, sealed: rows.length };
  }
}
