import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { SealedRows, SealedTables, VaultCipher } from '../../documents/index.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';
import { openParcel, type Parcel, type SaltedText } from '../domain/parcel.js';

/** A parcel that no batch has yet. */
export interface WaitingParcel {
  readonly place: number;
  readonly root: Hex;
  readonly items: number;
  readonly leaves: number;
  /** Seconds since it came; with the clock put back, as if it had come as long ago as it is to come. */
  readonly age: number;
}

interface Row {
  place: string;
  root: Buffer;
  items: number;
  leaves: number;
  age: number;
}

interface SealedRow {
  root: Buffer;
  place: string;
  node_key: string | null;
  wrapped_key: Buffer;
  payload: Buffer;
}

const identityOf = ({ root }: { readonly root: Buffer }) => `evidence|${toHex(root)}`;

/** Parcels of evidence, each sealed under a key of its own, as the vault keeps documents. */
@Injectable()
export class EvidenceParcels {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly cipher: VaultCipher,
    tables: SealedTables,
  ) {
    const sealed = { name: 'evidence_parcels', key: ['root'] as const, columns: 'root', identityOf };
    tables.add(new SealedRows<Pick<SealedRow, 'root'>>(unitOfWork, cipher, sealed));
  }

  /** Keeps a parcel, within the current unit of work; returns its place among all, which rises. */
  async add({ root, nodes, items, leaves, content }: Parcel): Promise<number> {
    const key = toBytes(root);
    const { nodeKey, wrappedKey, payload } = this.cipher.seal(identityOf({ root: key }), content);
    const [row] = await this.query<{ place: string }>(
      `INSERT INTO evidence_parcels (root, items, leaves, nodes, node_key, wrapped_key, payload)
       VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING place`,
      [key, items, leaves, nodes, nodeKey, wrappedKey, payload],
    );
    return Number(row!.place);
  }

  /** What is in the parcels at these places. */
  async open(places: readonly number[]): Promise<Map<number, SaltedText[]>> {
    const rows = await this.query<SealedRow>(
      'SELECT root, place, node_key, wrapped_key, payload FROM evidence_parcels WHERE place = ANY($1::int8[])',
      [places],
    );
    return new Map(
      rows.map((row) => {
        const { place, node_key: nodeKey, wrapped_key: wrappedKey, payload } = row;
        return [Number(place), openParcel(this.cipher.open(identityOf(row), { nodeKey, wrappedKey, payload }))];
      }),
    );
  }

  /** The oldest that no batch has, up to `limit`. */
  async waiting(limit: number): Promise<WaitingParcel[]> {
    const rows = await this.query<Row>(
      `SELECT place, root, items, leaves, abs(extract(epoch FROM now() - received_at))::float8 AS age
       FROM evidence_parcels WHERE batch_id IS NULL ORDER BY place LIMIT $1`,
      [limit],
    );
    return rows.map(({ place, root, items, leaves, age }) => {
      return { place: Number(place), root: toHex(root), items, leaves, age };
    });
  }

  /** Puts parcels into a batch, in the order given. */
  async putInto(batch: number, places: readonly number[]): Promise<void> {
    await this.query(
      `UPDATE evidence_parcels p SET batch_id = $1, position = n - 1
       FROM unnest($2::int8[]) WITH ORDINALITY AS each(place, n) WHERE p.place = each.place`,
      [batch, places],
    );
  }

  private query<T>(sql: string, parameters: unknown[]): Promise<T[]> {
    return this.unitOfWork.manager.query<T[]>(sql, parameters);
  }
}
