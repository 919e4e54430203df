import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import type { Hex } from '../../kernel/hex.js';
import { ITEMS_A_PARCEL } from '../domain/parcel.js';

/** An item as it is found: by its id, or by the order or receivable that it is of. */
export interface NewItem {
  readonly id: string;
  readonly object: Hex | null;
}

/** Where an item lies. */
export interface ItemPlace {
  readonly id: string;
  /** Place of its parcel. */
  readonly parcel: number;
  readonly position: number;
}

/** Items of evidence: which there are and in which parcel each lies. What they say is in the parcels. */
@Injectable()
export class EvidenceItems {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * Adds items, {@link ITEMS_A_PARCEL} to each of the parcels in turn, within the current unit of work; those whose ids are
   * there already are left out. Returns how many were added.
   */
  async add(items: readonly NewItem[], parcels: readonly number[]): Promise<number> {
    const [row] = await this.unitOfWork.manager.query<{ added: number }[]>(
      `WITH added AS (
         INSERT INTO evidence_items (id, parcel, position, object)
         SELECT id, ($3::int8[])[(n - 1) / ${ITEMS_A_PARCEL} + 1], (n - 1) % ${ITEMS_A_PARCEL}, decode(object, 'hex')
         FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS each(id, object, n)
         ON CONFLICT DO NOTHING RETURNING 1)
       SELECT count(*)::int AS added FROM added`,
      [items.map(({ id }) => id), items.map(({ object }) => object && object.slice(2)), parcels],
    );
    return row!.added;
  }

  /** Where those of the items lie that are there, parcel by parcel. */
  async places(ids: readonly string[]): Promise<ItemPlace[]> {
    const rows = await this.unitOfWork.manager.query<{ id: string; parcel: string; position: number }[]>(
      'SELECT id, parcel, position FROM evidence_items WHERE id = ANY($1::text[]) ORDER BY parcel, position',
      [ids],
    );
    return rows.map(({ id, parcel, position }) => ({ id, parcel: Number(parcel), position }));
  }
}
