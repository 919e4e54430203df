import { readFileSync, writeFileSync } from 'node:fs';
import { keccak256Hex } from '../../kernel/keccak.js';
import type { Hex } from '../../kernel/hex.js';
import { readBundle } from './bundle/read-bundle.js';
import { verifyBundle } from './bundle/verify-bundle.js';
import { canonicalJson } from './canonical-json.js';
import { requireFinal } from './qbft/finality.js';
import { SealsRefused } from './qbft/seals.js';
import { readHeader } from './qbft/sealed-header.js';
import { qbftCases } from './testing/qbft-cases.js';
import { rewrite } from './testing/sealed-bundle.js';
import { readTrust } from './trust/trust.js';
import { Unusable } from './unusable.js';

const at = (name: string): string => `docs/spec/vectors/${name}`;
const read = <T>(name: string): T => JSON.parse(readFileSync(at(name), 'utf8')) as T;
const trust = readTrust(readFileSync(at('bundles/trust.json')));
const ofPart = readTrust(readFileSync(at('bundles/part-trust.json')));
const ofBatch = readTrust(readFileSync(at('bundles/batched-trust.json')));
/** Of four Besu validators, which sealed `besu.json` by QBFT. */
const ofBesu = readTrust(readFileSync(at('bundles/besu-trust.json')));
/** The trust of the chain that a good bundle is from. */
const trustFor = (name: string) =>
  ({ 'batched.json': ofBatch, 'besu.json': ofBesu, 'part.json': ofPart })[name] ?? trust;

/** An edit of a good bundle: `value` (or, without it, nothing) takes the place that the pointer names. */
interface BadBundle {
  readonly name: string;
  readonly base: string;
  readonly pointer: string;
  readonly value?: unknown;
  /** Whether the digest is made to fit again. */
  readonly mended: boolean;
  /** `KIND CODE` of a fragment that fails, or the code for which it is no bundle at all. */
  readonly expect: string;
}

function edited({ base, pointer, value, mended }: BadBundle): Buffer {
  const bundle = read<Record<string, unknown>>(`bundles/${base}`);
  const tokens = pointer.split('/').slice(1);
  const last = tokens.pop()!;
  const parent = tokens.reduce<Record<string, unknown>>(
    (found, token) => found[token] as Record<string, unknown>,
    bundle,
  );
  if (value === undefined && Array.isArray(parent)) parent.splice(Number(last), 1);
  else if (value === undefined) delete parent[last];
  else parent[last] = value;
  const { digest, ...content } = bundle;
  return Buffer.from(canonicalJson({ ...content, digest: mended ? keccak256Hex(canonicalJson(content)) : digest }));
}

describe('the specification’s bundles', () => {
  const judged = (name: string) =>
    verifyBundle(readBundle(readFileSync(at(`bundles/${name}`))), { trust: trustFor(name) });

  it.each(['order.json', 'receivable.json', 'part.json', 'siblings.json', 'batched.json'])(
    '%s is valid',
    async (name) => {
      const verdict = await judged(name);
      expect([verdict.valid, verdict.trust]).toEqual([true, 'validator-quorum']);
    },
  );

  it('besu.json is all proven, but of an invoice from before they said whether they name another payee', async () => {
    const { trust: sealedBy, fragments } = await judged('besu.json');
    const failing = fragments
      .filter(({ status }) => status !== 'VALID')
      .map(({ kind, reason: { code } }) => [kind, code]);
    expect([sealedBy, failing]).toEqual(['validator-quorum', [['ENCUMBRANCE', 'PAYEE_NOT_SHOWN']]]);
  });

  const bad = read<BadBundle[]>('bundles/bad.json');
  it.each(bad.map((each) => [each.name, each.expect, each] as const))('%s: %s', async (_, expected, each) => {
    let found: string[];
    try {
      const verdict = await verifyBundle(readBundle(edited(each)), { trust: trustFor(each.base) });
      expect(verdict.valid).toBe(false);
      found = verdict.fragments.map(
        ({ kind, status, reason: { code } }) => `${status === 'VALID' ? '' : `${kind} ${code}`}`,
      );
    } catch (error) {
      if (!(error instanceof Unusable)) throw error;
      found = [error.code];
    }
    expect(found).toContain(expected);
  });
});

describe('the specification’s headers', () => {
  if (process.env['TRADEPROOF_WRITE_VECTORS'] === 'true')
    writeFileSync(at('qbft.json'), `${JSON.stringify(qbftCases(), null, 1)}\n`);

  const cases = read<ReturnType<typeof qbftCases>>('qbft.json');
  it.each(cases.map((each) => [each.name, each.expect, each] as const))('%s: %s', (_, expected, each) => {
    const header = readHeader(each.header)!;
    expect([header.hash, header.sealDigest]).toEqual([each.hash, each.sealDigest]);
    const checkpoint = { ...each.checkpoint, hash: `0x${'00'.repeat(32)}` as Hex };
    let found = 'VALID';
    try {
      const changes = each.lineage.map((change) => change.map((rlp) => readHeader(rlp)!));
      expect(requireFinal(header, changes, [checkpoint]).sealers).toEqual(each.sealers);
    } catch (error) {
      if (!(error instanceof SealsRefused)) throw error;
      found = error.code;
    }
    expect(found).toBe(expected);
  });
});

describe('canonical JSON', () => {
  it('is RFC 8785’s: members by UTF-16 code units, shortest escapes', () => {
    const value = { '€': 1, '\r': 2, '1': 3, '😀': 4, ö: 5, '\ufb33': 6, a: ['\u000f\n"\\/é', null, true] };
    expect(canonicalJson(value)).toBe('{"\\r":2,"1":3,"a":["\\u000f\\n\\"\\\\/é",null,true],"ö":5,"€":1,"😀":4,"דּ":6}');
    for (const bad of ['\ud800', 1.5, -0, 2 ** 53, Number.NaN]) expect(() => canonicalJson([bad])).toThrow(RangeError);
  });

  const unusable = (bytes: Uint8Array): string => {
    try {
      readBundle(bytes);
    } catch (error) {
      if (error instanceof Unusable) return error.code;
      throw error;
    }
    return 'TAKEN';
  };
  const good = readFileSync(at('bundles/order.json'));
  const withPath = (path: string): Uint8Array =>
    Buffer.from(
      rewrite(good.toString(), ({ orders: [order] }) => {
        const [field, ...fields] = order!.document!.fields;
        return { orders: [{ ...order!, document: { ...order!.document!, fields: [{ ...field!, path }, ...fields] } }] };
      }),
    );
  it.each<[string, () => Uint8Array, string]>([
    ['a byte order mark', () => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), good]), 'NOT_JSON'],
    ['a space behind it', () => Buffer.concat([good, Buffer.from(' ')]), 'NOT_CANONICAL'],
    ['bytes that are no UTF-8', () => Buffer.concat([good.subarray(0, 100), Buffer.from([0xff])]), 'NOT_JSON'],
    [
      'a member twice',
      () => Buffer.from(good.toString().replace('{"chainId":31337', '{"chainId":1,"chainId":31337')),
      'NOT_CANONICAL',
    ],
    [
      'upper-case hex',
      () => Buffer.from(good.toString().replace(/"header":"0xf9([0-9a-f]{4})/, (all) => all.toUpperCase())),
      'NOT_A_BUNDLE',
    ],
    ['a path of twelve million characters', () => withPath(`/${'n'.repeat(12_000_000)}`), 'MALFORMED'],
    ['a hundred thousand brackets', () => Buffer.from('['.repeat(100_000)), 'TOO_DEEP'],
    ['34 megabytes', () => Buffer.alloc(34 * 1024 * 1024, 0x20), 'TOO_LARGE'],
    ['nothing', () => new Uint8Array(), 'NOT_JSON'],
    ['a number', () => Buffer.from('1'), 'NOT_A_BUNDLE'],
    ['null', () => Buffer.from('null'), 'NOT_A_BUNDLE'],
  ])('refuses %s', (_, bytes, code) =>
    expect(unusable(bytes())).toMatch(code === 'NOT_A_BUNDLE' ? /NOT_A_BUNDLE|NOT_CANONICAL/ : code),
  );
});
