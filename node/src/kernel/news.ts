import type { z } from 'zod';
import type { Hex } from './hex.js';

declare const DECLARED: unique symbol;

/** Something that happened at this node and not on chain, of a kind that was defined. */
export interface NewsItem {
  /** e.g. `order.document.received` */
  readonly type: string;
  readonly object?: Hex | undefined;
  /** ids and names of members only: streams are read by every desk (rule 9) */
  readonly data: Readonly<Record<string, unknown>>;
  readonly [DECLARED]: true;
}

/** One kind of news, as clients know it. */
export interface NewsType {
  readonly name: string;
  /** What it tells beside what it is about. */
  readonly data: z.ZodObject;
}

const types = new Map<string, NewsType>();

/** Registers a kind of news once, by which clients choose, and returns its maker. Throws when the name is taken: a defect. */
export function defineNews<Data extends z.ZodObject>(
  name: string,
  data: Data,
): (item: { readonly object?: Hex | undefined; readonly data: z.output<Data> }) => NewsItem {
  if (types.has(name)) throw new Error(`news ${name} are defined twice`);
  types.set(name, Object.freeze({ name, data }));
  return (item) => ({ type: name, ...item }) as unknown as NewsItem;
}

/** All kinds defined so far, by name. */
export function newsTypes(): NewsType[] {
  return [...types.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
