import { readFileSync } from 'node:fs';
import { toBytes, toHex } from '../../../kernel/hex.js';
import { fieldLeaf } from '../../../kernel/merkle.js';
import { mutate, randomFrom } from '../testing/mutate.js';
import { validators } from '../testing/qbft-chain.js';
import { trustWith } from '../testing/sealed-bundle.js';
import { rewriteEvidence, sealedEvidence } from '../testing/sealed-evidence.js';
import type { TrustFile } from '../trust/schema.js';
import { readTrust, trustOf } from '../trust/trust.js';
import { Unusable } from '../unusable.js';
import { verifyFile } from '../verify-file.js';

const at = (name: string): string => `docs/spec/vectors/${name}`;
const file = readFileSync(at('evidence/evidence.json'), 'utf8');
const trust = readTrust(readFileSync(at('evidence/trust.json')));
const bundle = readFileSync(at('bundles/order.json'), 'utf8');

const COUNT = process.env['TRADEPROOF_DEEP'] === 'true' ? 20_000 : 500;
const SEED = Number(process.env['TRADEPROOF_SEED'] ?? 20_261_126);

/** What comes of it: `VALID`, the facts that fail, or why it cannot be judged. */
async function outcome(bytes: Buffer | string, pinned = trust): Promise<string> {
  try {
    const { valid, fragments } = await verifyFile(Buffer.from(bytes), { trust: pinned });
    const failing = fragments.filter(({ status }) => status !== 'VALID');
    return valid ? 'VALID' : failing.map(({ kind, reason: { code } }) => `${kind} ${code}`).join();
  } catch (error) {
    if (error instanceof Unusable) return error.code;
    throw error;
  }
}

describe('the specification’s evidence', () => {
  it('is valid by the seals of a quorum, whatever its age, and no more than it says', async () => {
    expect(await verifyFile(Buffer.from(file), { trust, age: { now: 4_000_000_000, max: 1 } })).toMatchObject({
      ...{ valid: true, trust: 'validator-quorum', member: { name: 'core' } },
      text: expect.stringContaining('SENSOR_READING') as string,
    });
    const set = validators(7);
    const base = JSON.parse(readFileSync(at('evidence/trust.json'), 'utf8')) as TrustFile;
    const others = trustOf(trustWith(base, set));
    expect(await outcome(file, others)).toBe('FINALITY VALIDATORS_UNKNOWN');
    expect(await outcome(sealedEvidence(file, set, set.slice(0, 4)), others)).toBe('FINALITY SEALS_TOO_FEW');
    expect(await outcome(sealedEvidence(file, set, set.slice(0, 5)), others)).toBe('VALID');
  });

  it.each<[string, Parameters<typeof rewriteEvidence>[1], string]>([
    ['another salt', () => ({ salt: `0x${'ab'.repeat(32)}` }), 'INTEGRITY EVIDENCE_NOT_IN_BATCH'],
    ['another text', ({ text }) => ({ text: `${text} ` }), 'INTEGRITY EVIDENCE_NOT_IN_BATCH'],
    ['a node left out', ({ proof }) => ({ proof: proof.slice(1) }), 'INTEGRITY EVIDENCE_NOT_IN_BATCH'],
    [
      'an inner node for its root',
      ({ proof }) => ({ proof: [], root: proof[0]! }),
      'INTEGRITY EVIDENCE_NOT_IN_BATCH,ISSUANCE EVIDENCE_ROOT_MISMATCH',
    ],
    ['another batch', ({ batch }) => ({ batch: batch + 1 }), 'ISSUANCE SLOT_NOT_PROVEN'],
    [
      'another member’s number',
      ({ member }) => ({ member: { ...member, number: member.number + 1 } }),
      'ISSUANCE SLOT_NOT_PROVEN',
    ],
    ['another chain', () => ({ chainId: 1 }), 'ISSUANCE CHAIN_MISMATCH'],
    [
      'a slot beside',
      ({ state: [members, anchors] }) => ({
        state: [members!, { ...anchors!, storage: [...anchors!.storage, { slot: `0x${'ff'.repeat(32)}`, proof: [] }] }],
      }),
      'ISSUANCE PROOF_INVALID',
    ],
    [
      'an account’s node left out',
      ({ state: [members, anchors] }) => ({ state: [members!, { ...anchors!, account: anchors!.account.slice(1) }] }),
      'ISSUANCE PROOF_INVALID',
    ],
    ['registries changed about', ({ state }) => ({ state: [...state].reverse() }), 'MALFORMED'],
    ['a header that is none', () => ({ header: '0xc0' }), 'HEADER_MALFORMED'],
  ])('with %s is refused', async (_, change, expected) => {
    expect(await outcome(rewriteEvidence(file, change))).toBe(expected);
  });

  const item = '{"id":"1","kind":"READING","at":"2026-11-25T10:00:00Z","data":{"celsius":4}}';
  it.each([
    ['a key twice', item.replace('"celsius":4', '"celsius":4,"celsius":90')],
    ['a key that items have not', item.replace('"data"', '"more"')],
    ['no JSON', 'it was 4 degrees'],
  ])('that another program anchored with %s is no item, as at any node', async (_, text) => {
    const alone = (anchored: string) =>
      rewriteEvidence(file, ({ salt }) => ({
        ...{ text: anchored, proof: [] },
        root: toHex(fieldLeaf(toBytes(salt), '/evidence', anchored)),
      }));
    expect(await outcome(alone(item))).toBe('ISSUANCE EVIDENCE_ROOT_MISMATCH');
    expect(await outcome(alone(text))).toBe('INTEGRITY EVIDENCE_ITEM_MALFORMED,ISSUANCE EVIDENCE_ROOT_MISMATCH');
  });

  it('is read in its one form alone', async () => {
    expect(await outcome(`${file} `)).toBe('NOT_CANONICAL');
    expect(await outcome(file.replace('"version":1}', '"version":2}'))).toBe('VERSION_UNKNOWN');
    expect(await outcome(file.replace(/"digest":"0x../, '"digest":"0x00'))).toBe('DIGEST_MISMATCH');
    expect(await outcome(file.slice(0, 500))).toBe('NOT_JSON');
    expect(await outcome(bundle.replace('tradeproof-bundle', 'tradeproof-evidence'))).toBe('MALFORMED');
  });

  it(`accepts none of ${COUNT} mutations, and crashes at none (seed ${SEED})`, async () => {
    const random = randomFrom(SEED);
    const accepted: string[] = [];
    for (let i = 0, done = 0; done < COUNT; i++) {
      const { name, bytes } = mutate(random, file, bundle);
      if (bytes.equals(Buffer.from(file))) continue;
      done++;
      const found = await outcome(bytes).catch((error: unknown) => {
        throw new Error(`mutation ${i} (${name}) of seed ${SEED} crashed`, { cause: error });
      });
      if (found === 'VALID') accepted.push(`${i}: ${name}`);
    }
    expect(accepted).toEqual([]);
  }, 1_200_000);
});
