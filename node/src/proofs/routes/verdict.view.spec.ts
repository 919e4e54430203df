import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { ownVerdict } from '../queries/own-verdict.js';
import { valid } from '../verify/fragment.js';
import { readTrust } from '../verify/trust/trust.js';
import { verifyFile } from '../verify/verify-file.js';
import { publishedVerdict } from './verdict.view.js';

const VECTORS = 'docs/spec/vectors';
const judged = (file: string, trust: string) =>
  verifyFile(readFileSync(`${VECTORS}/${file}`), { trust: readTrust(readFileSync(`${VECTORS}/${trust}`)) });

const ofBundle = await judged('bundles/order.json', 'bundles/trust.json');
const ofEvidence = await judged('evidence/evidence.json', 'evidence/trust.json');
const own = ownVerdict({ number: 7, hash: `0x${'11'.repeat(32)}`, timestamp: 1_795_650_000 }, [
  valid('STATUS', 'The order is ACCEPTED, version 1.', { status: 'ACCEPTED' }),
]);

/** As it is printed and sent. */
const published = (verdict: object) => publishedVerdict.safeParse(JSON.parse(JSON.stringify(verdict))).success;

describe('the schema of verdicts', () => {
  it.each([
    ['on a bundle', ofBundle],
    ['on an item of evidence', ofEvidence],
    ['of a node, on what it was asked for', own],
  ])('takes one %s', (_, verdict) => expect(published(verdict)).toBe(true));

  it.each([
    ['with what is no part of any', { ...own, more: 1 }],
    ['on two things at once', { ...ofBundle, ...ofEvidence }],
    ['on a bundle without its parties', { ...own, subject: { kind: 'ORDER', id: '0x' } }],
  ])('takes none %s', (_, verdict) => expect(published(verdict)).toBe(false));

  it('says so to whoever reads JSON Schema: it is one of three', () => {
    const { oneOf } = z.toJSONSchema(publishedVerdict) as {
      oneOf: { required: string[]; additionalProperties: false }[];
    };
    const common = ['valid', 'trust', 'asOfBlock', 'fragments'];
    expect(oneOf.map(({ required }) => required)).toEqual([
      [...common, 'subject', 'members'],
      [...common, 'member', 'batch', 'text'],
      common,
    ]);
    expect(oneOf.map(({ additionalProperties }) => additionalProperties)).toEqual([false, false, false]);
  });
});
