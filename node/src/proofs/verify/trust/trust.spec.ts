import { readFileSync } from 'node:fs';
import { Unusable } from '../unusable.js';
import { readTrust } from './trust.js';

const good = readFileSync('docs/spec/vectors/bundles/trust.json', 'utf8');

/** Why a trust file is not taken. */
function refusal(bytes: Uint8Array | string): { code: string; message: string } | undefined {
  try {
    readTrust(Buffer.from(bytes));
    return undefined;
  } catch (error) {
    if (error instanceof Unusable) return error;
    throw error;
  }
}

it('takes a trust file in any spelling', () => {
  expect(refusal(good)).toBeUndefined();
  expect(refusal(JSON.stringify(JSON.parse(good)))).toBeUndefined();
});

it.each<[string, Uint8Array | string, RegExp]>([
  ['is cut off', good.slice(0, 1000), /not JSON/],
  ['is no text', Buffer.concat([Buffer.from(good), Buffer.from([0xff])]), /not UTF-8/],
  ['is too long', ' '.repeat(5 * 1024 * 1024), /bytes/],
  ['is nested too deep', '['.repeat(100), /nested/],
  ['lacks a member', '{}', /chainId/],
  ['has an address twice', good.replace(/"address":/, '"address": "0x", "address":'), /"address" twice/],
  [
    'has a code hash twice',
    good.replace(/"codeHash":/, `"codeHash": "0x${'ab'.repeat(32)}", "codeHash":`),
    /"codeHash" twice/,
  ],
  ['has one spelled otherwise', good.replace(/"codeHash":/, `"\\u0063odeHash": "0x", "codeHash":`), /"codeHash" twice/],
])('says of one that %s that it is the trust file', (_, bytes, said) => {
  expect(refusal(bytes)).toMatchObject({ code: 'TRUST_MALFORMED', message: expect.stringMatching(said) as string });
  expect(refusal(bytes)!.message).toMatch(/^The trust file/);
});
