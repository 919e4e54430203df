import { readFileSync } from 'node:fs';
import {
  commit,
  commitmentFields,
  type DocumentKind,
  importDocument,
  type OrderModel,
  type TradeDocument,
} from '../../documents/index.js';
import type { Hex } from '../../kernel/hex.js';
import type { Seed } from '../../kernel/ids.js';
import { type ChangeDocument, effectiveDocument } from './effective-document.js';

interface Version {
  readonly why: string;
  readonly before: { mediaType: string; in: string; tag: Hex; seed: Seed; root: Hex };
  readonly change: { mediaType: string; kind: DocumentKind; in: string };
  readonly order: Hex;
  readonly version: number;
  readonly seed: Seed;
  /** Ascending by path. */
  readonly fields: [string, string][];
  readonly root: Hex;
}

/** The specification's, canonical-form.md §10. */
const versions = JSON.parse(readFileSync('docs/spec/vectors/versions.json', 'utf8')) as Version[];

it.each(versions)('$why', ({ before, change, order, version, seed, fields, root }) => {
  const ordered = importDocument(Buffer.from(before.in), before.mediaType, {
    kind: 'ORDER',
  }) as TradeDocument<OrderModel>;
  expect(commit(commitmentFields(ordered, { version: 1, tag: before.tag }), before.seed).root).toBe(before.root);
  const changed = importDocument(Buffer.from(change.in), change.mediaType, { kind: change.kind }) as ChangeDocument;
  const binding = { version, previousRoot: before.root, orders: [order] };
  const found = commitmentFields(effectiveDocument(ordered, changed), binding);
  const pairs = found.map(({ path, value }): [string, string] => [path, value]);
  expect(pairs.sort(([a], [b]) => (a < b ? -1 : 1))).toEqual(fields);
  expect(commit(found, seed).root).toBe(root);
});
