import { readFileSync } from 'node:fs';
import type { Hex } from '../../kernel/hex.js';
import type { Receivable } from '../../receivables/index.js';
import { readBundle } from '../verify/bundle/read-bundle.js';
import { MOST } from '../verify/bundle/schema.js';
import { BuildBundle } from './build-bundle.js';
import { type BundleContent, BundleContents } from './bundle-content.js';

const id = (n: number): Hex => `0x${n.toString(16).padStart(64, '0')}`;
const refusal = (asked: Promise<unknown>) =>
  asked.then(
    () => 'MADE',
    ({ code, detail, message }: { code: string; detail?: string; message: string }) => `${code}: ${detail ?? message}`,
  );

/** What comes of a receivable that shares its orders with others, each with as many of its own beside. */
function gathered(others: number, ordersEach = 1): Promise<string> {
  const receivable = (n: number) => {
    const orders = [id(0), ...Array.from({ length: ordersEach - 1 }, (_, i) => id(1_000 * n + i))];
    return { id: id(n), orders, parent: null, confirmed: {}, status: 'CONFIRMED' } as unknown as Receivable;
  };
  const receivables = { bornFrom: () => Promise.resolve(Array.from({ length: others }, (_, i) => receivable(i + 2))) };
  // Nothing more is read than that: the orders are the next.
  const orders = { findMany: () => Promise.reject(Object.assign(new Error('of the orders'), { code: 'READ' })) };
  const parts: unknown[] = [orders, {}, receivables, {}, {}, {}, {}, {}];
  const contents = new (BundleContents as new (...args: never[]) => BundleContents)(...(parts as never[]));
  return refusal(contents.ofReceivable(receivable(1)));
}

/** What comes of a file about an order of which this much is said; all else is as in the specification's. */
function built(change: (content: BundleContent) => Partial<BundleContent>): Promise<string> {
  const { header, state, digest: _, ...content } = readBundle(readFileSync('docs/spec/vectors/bundles/order.json'));
  const whole = { ...content, bearers: new Map() };
  const parts: unknown[] = [
    { get: () => Promise.resolve({}) },
    { require: () => Promise.resolve('PARTY') },
    {},
    {},
    { ofOrder: () => Promise.resolve({ ...whole, ...change(whole) }) },
    { at: () => Promise.resolve({ header: { rlp: header }, state }) },
    { upTo: () => Promise.resolve([]) },
    { current: () => Promise.reject(Object.assign(new Error('against the trust file'), { code: 'JUDGED' })) },
    { read: (fn: (head: unknown) => Promise<string>) => fn({ number: 1 }) },
    { chainId: content.chainId },
  ];
  const build = new (BuildBundle as new (...args: never[]) => BuildBundle)(...(parts as never[]));
  return refusal(build.order(content.subject.id));
}

describe('what is more than a file may hold', () => {
  it('is refused before it is gathered', async () => {
    expect(await gathered(MOST.receivables - 1)).toBe('READ: of the orders');
    expect(await gathered(MOST.receivables)).toMatch(/^PROOF_TOO_LARGE: .*257 receivables .* 256 at most/);
    expect(await gathered(63, 5)).toMatch(/^PROOF_TOO_LARGE: .*257 orders .* 256 at most/);
  });

  it('is refused by the limit that its reader has, and not as a fault of the node', async () => {
    const log = (content: BundleContent, times: number) => {
      const [order] = content.orders;
      return {
        orders: [{ ...order!, log: Array.from({ length: times }, () => ({ ...order!.log[0]!, document: null })) }],
      };
    };
    expect(await built(() => ({}))).toBe('JUDGED: against the trust file');
    expect(await built((content) => log(content, 10_001))).toMatch(/^PROOF_TOO_LARGE: .*\/orders\/0\/log: .*10000/);
    // What is wrong otherwise is one.
    expect(await built(({ members }) => ({ members: members.toReversed() }))).toMatch(/^MALFORMED/);
  });
});
