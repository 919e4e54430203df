import { readJson } from '../../node/src/documents/source/read-json.js';

/** Why an order is not taken in: the code of the node's refusal, or of this program's. */
export interface Refusal {
  readonly code: string;
  readonly detail: string;
  readonly facts?: Readonly<Record<string, unknown>>;
}

/** An order as it was found in the source. */
export interface Found {
  /** `line 12`, `lines 12-14` or the name of a file. */
  readonly place: string;
  /** As a line of POST /v1/orders/bulk. */
  readonly text: string;
}

/** What an order's line says of whom it is to, if it can be read. */
export const supplierOf = ({ text }: Found): unknown => partsOf(text)?.['supplier'];

/** The members of a line; undefined when it is none. */
export function partsOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const parts = JSON.parse(text) as unknown;
    return typeof parts === 'object' && parts !== null ? (parts as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** The document of a line that the node could read, as it is written there: its numbers keep their digits. */
export function documentIn(text: string): string {
  const line = readJson(Buffer.from(text));
  const document = line.root.one('document');
  return document ? Buffer.from(line.span(document)).toString() : 'null';
}

/** What was found and cannot be sent. */
export interface Unfit {
  readonly place: string;
  readonly refusal: Refusal;
}

export type Item = Found | Unfit;

export const isUnfit = (item: Item): item is Unfit => 'refusal' in item;

export function unfit(place: string, code: string, detail: string, facts?: Refusal['facts']): Unfit {
  return { place, refusal: { code, detail, ...(facts && { facts }) } };
}

/** Where orders come from. The same bytes always give the same items. */
export interface Source {
  readonly items: AsyncIterable<Item>;
  /** How much there is to read, in bytes or files. */
  readonly total: number;
  /** How much of it was read so far. */
  read(): number;
}
