import { readFileSync } from 'node:fs';
import { rewrite } from '../testing/sealed-bundle.js';
import { readTrust } from '../trust/trust.js';
import type { BundledReceivable, Shown } from './bundle.js';
import { readBundle } from './read-bundle.js';
import { verifyBundle } from './verify-bundle.js';

/** Of a part the terms stand twice: as its own document, and at entry 0 of its log. */
const at = (name: string) => readFileSync(`docs/spec/vectors/bundles/${name}`);
const trust = readTrust(at('part-trust.json'));
const file = at('part.json').toString();

const forged = (document: Shown): Shown => ({
  ...document!,
  fields: document!.fields.map((field) =>
    field.path === '/parent' ? { ...field, value: `0x${'11'.repeat(32)}` } : field,
  ),
});
const inLog = ({ log: [entry, ...rest], ...each }: BundledReceivable): BundledReceivable => ({
  ...each,
  log: [{ ...entry!, document: forged(entry!.document) }, ...rest],
});

it.each<[string, (part: BundledReceivable) => BundledReceivable]>([
  ['its own place', (part) => ({ ...part, document: forged(part.document) })],
  ['its log', inLog],
])('a document that does not open its commitment, forged at %s, is believed nowhere', async (_, forge) => {
  const bundle = rewrite(file, ({ receivables: [part, ...others] }) => ({ receivables: [forge(part!), ...others] }));
  const { fragments } = await verifyBundle(readBundle(Buffer.from(bundle)), { trust });
  const good = await verifyBundle(readBundle(Buffer.from(file)), { trust });
  const others = ({ fragments }: typeof good) => fragments.filter(({ kind }) => kind !== 'INTEGRITY');
  expect(fragments.find(({ kind }) => kind === 'INTEGRITY')?.reason.code).toBe('DISCLOSURE_MISMATCH');
  expect(others({ ...good, fragments })).toEqual(others(good));
});
