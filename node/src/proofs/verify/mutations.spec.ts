import { readFileSync } from 'node:fs';
import { readBundle } from './bundle/read-bundle.js';
import { verifyBundle } from './bundle/verify-bundle.js';
import { mutate, randomFrom } from './testing/mutate.js';
import { validators } from './testing/qbft-chain.js';
import { sealedBundle, trustWith } from './testing/sealed-bundle.js';
import type { TrustFile } from './trust/schema.js';
import { readTrust, trustOf } from './trust/trust.js';
import { Unusable } from './unusable.js';

const at = (name: string): string => `docs/spec/vectors/bundles/${name}`;
const trust = readTrust(readFileSync(at('trust.json')));
const files = ['order.json', 'receivable.json', 'siblings.json'].map((name) => readFileSync(at(name), 'utf8'));
/** Each with the trust of the chain that it is from: the part's and the batch's are others. */
const vectors = [
  ...files.map((file) => ({ file, trust })),
  ...['part', 'batched'].map((name) => ({
    file: readFileSync(at(`${name}.json`), 'utf8'),
    trust: readTrust(readFileSync(at(`${name}-trust.json`))),
  })),
];

const DEEP = process.env['TRADEPROOF_DEEP'] === 'true';
const COUNT = DEEP ? 52_000 : 2_000;
const SEED = Number(process.env['TRADEPROOF_SEED'] ?? 20_261_125);

/** Which edits were accepted, and which made it throw what it should not. */
async function outcome(bytes: Buffer, pinned = trust): Promise<'accepted' | 'refused' | 'unusable'> {
  try {
    return (await verifyBundle(readBundle(bytes), { trust: pinned })).valid ? 'accepted' : 'refused';
  } catch (error) {
    if (error instanceof Unusable) return 'unusable';
    throw error;
  }
}

it('takes the bundles themselves', async () => {
  for (const { file, trust: own } of vectors) expect(await outcome(Buffer.from(file), own)).toBe('accepted');
});

it(`accepts none of ${COUNT} mutations of valid bundles, and crashes at none (seed ${SEED})`, async () => {
  const random = randomFrom(SEED);
  const counts = { refused: 0, unusable: 0, same: 0 };
  const accepted: string[] = [];
  for (let i = 0; counts.refused + counts.unusable < COUNT; i++) {
    const { file, trust: own } = vectors[i % vectors.length]!;
    const { name, bytes } = mutate(random, file, vectors[(i + 1) % vectors.length]!.file);
    if (bytes.toString('latin1') === Buffer.from(file).toString('latin1')) {
      counts.same++;
      continue;
    }
    const found = await outcome(bytes, own).catch((error: unknown) => {
      throw new Error(`mutation ${i} (${name}) of seed ${SEED} crashed`, { cause: error });
    });
    if (found === 'accepted') {
      accepted.push(`${i}: ${name}`);
      counts.refused++;
    } else counts[found]++;
  }
  process.stdout.write(`mutations, seed ${SEED}: ${JSON.stringify(counts)}, ${accepted.length} accepted\n`);
  expect(accepted).toEqual([]);
}, 3_600_000);

describe.each([
  [4, 2, 3],
  [7, 4, 5],
])('of %i validators', (count, tooFew, enough) => {
  const set = validators(count);
  const base = JSON.parse(readFileSync(at('trust.json'), 'utf8')) as TrustFile;
  const pinned = trustOf(trustWith(base, set));
  const verdict = (sealers: number) =>
    verifyBundle(readBundle(Buffer.from(sealedBundle(files[1]!, set, set.slice(0, sealers)))), { trust: pinned });

  it(`${tooFew} seals are refused, ${enough} accepted`, async () => {
    const refused = await verdict(tooFew);
    expect([refused.valid, refused.trust]).toEqual([false, 'unsealed']);
    expect(refused.fragments.find(({ kind }) => kind === 'FINALITY')?.reason.code).toBe('SEALS_TOO_FEW');
    const taken = await verdict(enough);
    expect([taken.valid, taken.trust]).toEqual([true, 'validator-quorum']);
  });
});
