import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';

/** Fingerprints and order tags that are taken (rule 2). */
@Injectable()
export class TagStore {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * A receivable confirmed by `obligor` with one of these fingerprints that is not void and stands in the way of instalment
   * `instalment` of `instalments`: it is the same one, or of an invoice in another number of instalments.
   */
  async bearerOf(
    obligor: number,
    fingerprints: readonly Hex[],
    instalment: number,
    instalments: number,
  ): Promise<{ receivable: Hex; fingerprint: Hex } | null> {
    const [row] = await this.unitOfWork.manager.query<{ receivable: Buffer; fingerprint: Buffer }[]>(
      `SELECT f.receivable, f.fingerprint FROM chain_fingerprints f JOIN chain_receivables r ON r.id = f.receivable
       WHERE f.obligor = $1 AND f.fingerprint = ANY($2) AND r.status <> 'VOID'
         AND (r.instalment = $3 OR r.instalments <> $4) LIMIT 1`,
      [obligor, fingerprints.map(toBytes), instalment, instalments],
    );
    return row ? { receivable: toHex(row.receivable), fingerprint: toHex(row.fingerprint) } : null;
  }

  /** Orders that have taken one of these tags of a buyer. */
  async ordersWith(buyer: number, tags: readonly Hex[]): Promise<Hex[]> {
    const rows = await this.unitOfWork.manager.query<{ order_id: Buffer }[]>(
      'SELECT DISTINCT order_id FROM chain_order_tags WHERE buyer = $1 AND tag = ANY($2)',
      [buyer, tags.map(toBytes)],
    );
    return rows.map(({ order_id }) => toHex(order_id));
  }

  /** Whether an order has taken all of these tags of its buyer. */
  async hasTaken(order: Hex, buyer: number, tags: readonly Hex[]): Promise<boolean> {
    const [row] = await this.unitOfWork.manager.query<{ taken: string }[]>(
      'SELECT count(*) AS taken FROM chain_order_tags WHERE buyer = $1 AND tag = ANY($2) AND order_id = $3',
      [buyer, tags.map(toBytes), toBytes(order)],
    );
    return Number(row!.taken) === tags.length;
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
