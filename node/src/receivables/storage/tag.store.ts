import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';

/** Fingerprints and order tags that are taken (rule 2). */
@Injectable()
export class TagStore {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** A receivable confirmed by `obligor` with one of these fingerprints that is not void, if there is one. */
  async bearerOf(obligor: number, fingerprints: readonly Hex[]): Promise<{ receivable: Hex; fingerprint: Hex } | null> {
    const [row] = await this.unitOfWork.manager.query<{ receivable: Buffer; fingerprint: Buffer }[]>(
      `SELECT f.receivable, f.fingerprint FROM chain_fingerprints f JOIN chain_receivables r ON r.id = f.receivable
       WHERE f.obligor = $1 AND f.fingerprint = ANY($2) AND r.status <> 'VOID' LIMIT 1`,
      [obligor, fingerprints.map(toBytes)],
    );
    return row ? { receivable: toHex(row.receivable), fingerprint: toHex(row.fingerprint) } : null;
  }

  /** Fingerprints with which a receivable was confirmed, in the order of the obligor's tag keys. */
  async fingerprintsOf(receivable: Hex): Promise<Hex[]> {
    const rows = await this.unitOfWork.manager.query<{ fingerprint: Buffer }[]>(
      'SELECT fingerprint FROM chain_fingerprints WHERE receivable = $1 ORDER BY place',
      [toBytes(receivable)],
    );
    return rows.map(({ fingerprint }) => toHex(fingerprint));
  }
}
