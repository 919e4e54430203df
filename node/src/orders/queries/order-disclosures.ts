import { Injectable } from '@nestjs/common';
import { DisclosedDocuments, isCommon } from '../../documents/index.js';
import type { Order } from '../domain/order.js';
import type { ShownFacts } from './order-view.js';

/** A field of a document, as it was disclosed. */
export interface ShownField {
  readonly path: string;
  readonly value: string;
}

/** Orders of others of which this member was shown something. */
@Injectable()
export class OrderDisclosures {
  constructor(private readonly disclosed: DisclosedDocuments) {}

  /** The fields shown of a version of an order, by path; none when nothing was. Throws GRANT_INDEX_STALLED where that cannot be told. */
  async fieldsOf({ id: object, commitment: root }: Pick<Order, 'id' | 'commitment'>): Promise<ShownField[]> {
    await this.disclosed.requireOpen(object);
    const fields = (await this.disclosed.fieldsAt([{ root, object }])).get(root) ?? new Map<string, string>();
    return shownFields(fields);
  }
}

/** Fields by path, without those that every disclosure carries. */
export function shownFields(fields: ReadonlyMap<string, string>): ShownField[] {
  return [...fields]
    .filter(([path]) => !isCommon(path))
    .map(([path, value]) => ({ path, value }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** What of a document's fields an order's view leads with. */
export function factsAmong(fields: readonly ShownField[]): ShownFacts {
  const at = (name: string): string | null => fields.find(({ path }) => path === name)?.value ?? null;
  return { number: at('/number'), issueDate: at('/issueDate'), currency: at('/currency'), amount: at('/amount') };
}
