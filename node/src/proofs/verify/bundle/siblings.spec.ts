import { readFileSync, writeFileSync } from 'node:fs';
import { kindNumber } from '../../../fulfilment/domain/milestone-kinds.js';
import type { Hex } from '../../../kernel/hex.js';
import { rewrite } from '../testing/sealed-bundle.js';
import { documentOf, siblingsBundle } from '../testing/siblings.js';
import type { TrustFile } from '../trust/schema.js';
import { trustOf } from '../trust/trust.js';
import type { Bundle, BundledReceivable } from './bundle.js';
import { readBundle } from './read-bundle.js';
import { verifyBundle } from './verify-bundle.js';

const VECTOR = 'docs/spec/vectors/bundles/siblings.json';
const trust = JSON.parse(readFileSync('docs/spec/vectors/bundles/trust.json', 'utf8')) as TrustFile;
const file = await siblingsBundle(trust);
if (process.env['TRADEPROOF_WRITE_VECTORS'] === 'true') writeFileSync(VECTOR, file);

const judge = async (bundle: string) => {
  const { valid, fragments } = await verifyBundle(readBundle(Buffer.from(bundle)), { trust: trustOf(trust) });
  const cover = fragments.find(({ kind }) => kind === 'COVER')!;
  return { valid, code: cover.reason.code, cover: cover.data?.['cover'] };
};

describe('a receivable whose goods an earlier one took', () => {
  it('is worth what is left, in the file of the specification', async () => {
    expect(readFileSync(VECTOR, 'utf8')).toBe(file);
    expect(await judge(file)).toMatchObject({ valid: true, code: 'OK', cover: { amount: '40.00', othersCounted: 1 } });
  });

  it('rests on its maker’s word for what the chain keeps no list of, and says so', async () => {
    const { fragments } = await verifyBundle(readBundle(Buffer.from(file)), { trust: trustOf(trust) });
    const said = (kind: string) => fragments.find((each) => each.kind === kind)?.reason.message;
    expect(said('COVER')).toContain('that there are no more is the word of the file’s maker');
    expect(said('ISSUANCE')).toContain('nor that they have no operator accounts, perhaps in doubt, beside those in it');
  });

  const earlier =
    (change: (log: BundledReceivable['log']) => BundledReceivable['log']) =>
    ({ receivables: [subject, other] }: Bundle): Partial<Bundle> => ({
      receivables: [subject!, { ...other!, log: change(other!.log) }],
    });
  const invented = { kind: 5, about: 0, commitment: `0x${'11'.repeat(32)}` as Hex, recordedAt: 1, document: null };
  it.each<[string, (bundle: Bundle) => Partial<Bundle>]>([
    ['is not said to be confirmed', earlier(() => [])],
    ['is said to be confirmed later', earlier(([entry]) => [{ ...entry!, recordedAt: entry!.recordedAt + 200 }])],
    ['is said to be confirmed otherwise', earlier(([entry]) => [{ ...entry!, commitment: invented.commitment }])],
    ['has an entry invented', earlier((log) => [...log, invented])],
  ])('is worth nothing that is proven when the earlier one %s', async (_, change) => {
    expect(await judge(rewrite(file, change))).toEqual({ valid: false, code: 'LOG_INCOMPLETE', cover: undefined });
  });

  it('is not weighed by another version of an order that only the earlier one was born from', async () => {
    const invented = documentOf('ORDER', {}, [{ id: '1', item: 'W.1', quantity: '100', amount: '100.00' }]);
    const exchanged = ({ orders, receivables: [subject] }: Bundle): Partial<Bundle> => ({
      orders: orders.map((order) =>
        subject!.orders.includes(order.id)
          ? order
          : { ...order, firstCommitment: invented.commitment, document: invented.document },
      ),
    });
    const refused = { valid: false, code: 'ORDER_ID_MISMATCH', cover: undefined };
    expect(await judge(rewrite(file, exchanged))).toEqual(refused);
  });

  it('is not counted with one of other orders, of which there may be any number', () => {
    const apart = ({ orders, receivables: [subject, other] }: Bundle): Partial<Bundle> => {
      const foreign = orders.map(({ id }) => id).filter((id) => !subject!.orders.includes(id));
      return { receivables: [subject!, { ...other!, orders: foreign }] };
    };
    expect(() => readBundle(Buffer.from(rewrite(file, apart)))).toThrow('not of the same orders');
  });

  it('is not weighed by orders’ logs that the chain has not, however long', async () => {
    const many = (bundle: Bundle): Partial<Bundle> => ({
      orders: bundle.orders.map((order) => {
        const [entry] = order.log;
        const more = { ...entry!, kind: kindNumber('INSPECTED'), document: null };
        return { ...order, log: [entry!, ...Array.from({ length: 900 }, () => more)] };
      }),
    });
    expect(await judge(rewrite(file, many))).toEqual({ valid: false, code: 'LOG_INCOMPLETE', cover: undefined });
  });
});
