import { keccak256Hex } from '../../../kernel/keccak.js';
import type { Hex } from '../../../kernel/hex.js';
import { canonicalJson, parseJson } from '../canonical-json.js';
import { firstIssue } from '../first-issue.js';
import { Unusable } from '../unusable.js';
import type { Bundle } from './bundle.js';
import { BUNDLE_VERSION, bundleSchema } from './schema.js';

/** Most bytes of a bundle that are read. */
export const MAX_BUNDLE_BYTES = 32 * 1024 * 1024;

/** The file of a bundle: canonical JSON with its digest. */
export function writeBundle(content: Omit<Bundle, 'digest' | 'format' | 'version'>): string {
  const whole = { ...content, format: 'tradeproof-bundle' as const, version: BUNDLE_VERSION };
  return canonicalJson({ ...whole, digest: digestOf(whole) });
}

/** Throws {@link Unusable} for what is no bundle in its one form. */
export function readBundle(bytes: Uint8Array): Bundle {
  const value = parseJson(bytes, MAX_BUNDLE_BYTES, true);
  requireKnown(value);
  const result = bundleSchema.safeParse(value);
  if (!result.success)
    throw new Unusable('MALFORMED', `Not a bundle at ${firstIssue(result.error)}.`, { cause: result.error });
  const bundle = value as Bundle;
  const { digest, ...content } = bundle;
  if (digestOf(content) !== digest)
    throw new Unusable('DIGEST_MISMATCH', 'The file is damaged: it is not as its maker wrote it.');
  requireOrdered(bundle);
  return bundle;
}

const digestOf = (content: object): Hex => keccak256Hex(canonicalJson(content));

function requireKnown(value: unknown): void {
  const { format, version } = (value ?? {}) as Record<string, unknown>;
  if (format !== 'tradeproof-bundle') throw new Unusable('NOT_A_BUNDLE', 'The file is no tradeproof proof bundle.');
  if (version !== BUNDLE_VERSION)
    throw new Unusable(
      'VERSION_UNKNOWN',
      `The bundle is of version ${JSON.stringify(version)?.slice(0, 20)}; this program knows ${BUNDLE_VERSION}.`,
    );
}

const NONE: Hex = `0x${'00'.repeat(32)}`;

/** A part is followed by what it was split off from, one after the other, up to the whole. */
function requireLineage(receivables: Bundle['receivables']): void {
  const follows = receivables.every(({ parent }, i) => parent === (receivables[i + 1]?.id ?? NONE));
  const distinct = new Set(receivables.map(({ id }) => id)).size === receivables.length;
  if (!follows || !distinct)
    throw new Unusable('MALFORMED', 'Not a bundle: a part is not followed by what it was split off from.');
}

/** Each list has one order, and names nothing twice. */
function requireOrdered({ subject, members, orders, receivables, state }: Bundle): void {
  const about = subject.kind === 'RECEIVABLE' ? receivables.slice(1) : receivables;
  const isPart = subject.kind === 'RECEIVABLE' && receivables[0] !== undefined && receivables[0].parent !== NONE;
  if (isPart) requireLineage(receivables);
  else if (receivables.some(({ parent }) => parent !== NONE))
    throw new Unusable('MALFORMED', 'Not a bundle: parts of others are none of its matter.');
  const apart = receivables.some((each) => !each.orders.some((order) => receivables[0]!.orders.includes(order)));
  if (apart) throw new Unusable('MALFORMED', 'Not a bundle: its receivables are not of the same orders.');
  const lists: readonly (readonly [string, readonly (string | number)[]])[] = [
    ['members', members.map(({ number }) => number)],
    ...members.map(({ operators }) => ['operators', operators] as const),
    ['orders', orders.map(({ id }) => id)],
    ['receivables', isPart ? [] : about.map(({ id }) => id)],
    ...receivables.map((each) => ['orders', each.orders] as const),
    ...receivables.map(({ fingerprints }) => ['fingerprints', fingerprints] as const),
    ...state.map(({ storage }) => ['storage', storage.map(({ slot }) => slot)] as const),
  ];
  const unordered = lists.find(([, list]) => list.some((item, i) => i > 0 && item <= list[i - 1]!));
  if (unordered) throw new Unusable('MALFORMED', `Not a bundle: ${unordered[0]} are not in ascending order.`);
  const contracts = state.map(({ contract }) => contract).join();
  if (contracts !== 'MemberRegistry,OrderRegistry,ReceivableRegistry')
    throw new Unusable('MALFORMED', 'Not a bundle: the registries are not in their order.');
  const [first] = subject.kind === 'RECEIVABLE' ? receivables : orders;
  const about1 = subject.kind === 'RECEIVABLE' ? receivables.map(({ id }) => id) : orders.map(({ id }) => id);
  if (!first || first.id !== subject.id || about1.lastIndexOf(subject.id) !== 0)
    throw new Unusable('MALFORMED', 'Not a bundle: what it is about does not come first.');
  if (subject.kind === 'ORDER' && (orders.length !== 1 || receivables.length > 0))
    throw new Unusable('MALFORMED', 'Not a bundle: one about an order holds that order alone.');
  const wanted = [...new Set(receivables.flatMap((each) => each.orders))].sort();
  if (subject.kind === 'RECEIVABLE' && wanted.join() !== orders.map(({ id }) => id).join())
    throw new Unusable('MALFORMED', 'Not a bundle: its orders are not those of its receivables.');
}
