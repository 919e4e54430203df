import { randomBytes } from 'node:crypto';
import { commit } from '../../documents/commitment/commitment.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';
import type { Seed } from '../../kernel/ids.js';
import { keccak256Hex } from '../../kernel/keccak.js';
import { bitmapOf } from '../../orders/domain/batch-answer.js';
import { BatchTree, PACKED_BYTES } from '../../orders/domain/batch-tree.js';
import type { OrderEvidence } from './evidence.js';
import { type Fragment, isValid } from './fragment.js';
import { judgeOrder } from './judge-order.js';
import { type BatchEvidence, stateInBatch } from './order-in-batch.js';

const SIZE = 11;
const OURS = 9;
const EXPIRY = 1_800_000_000;
const [BUYER, SUPPLIER] = [7, 8];

const fields = { '/kind': 'ORDER', '/amount': '107.50', '/currency': 'GBP' };
const document = commit(
  Object.entries(fields).map(([path, value]) => ({ path, value })),
  toHex(randomBytes(32)) as Seed,
);
const packed = randomBytes(SIZE * PACKED_BYTES);
for (let i = 1; i <= SIZE; i++) packed.writeBigUInt64BE(BigInt(EXPIRY + i), i * PACKED_BYTES - 8);
packed.set(toBytes(document.root), OURS * PACKED_BYTES);
const registry = toHex(randomBytes(32));
const tree = BatchTree.of({ registry, buyer: BUYER, supplier: SUPPLIER }, packed);
const order = tree.idAt(OURS);
const tag = toHex(packed.subarray(OURS * PACKED_BYTES + 32, OURS * PACKED_BYTES + 64));
const bitmap = bitmapOf(SIZE, [0, OURS]);

const place = (change: Partial<BatchEvidence> = {}): BatchEvidence => ({
  ...{ buyer: BUYER, root: tree.root, index: OURS, expiry: EXPIRY + OURS + 1, proof: tree.proof(OURS), bitmap },
  onChain: { supplier: SUPPLIER, answeredAt: EXPIRY, answer: keccak256Hex(toBytes(bitmap)) },
  ...change,
});
const unanswered = { supplier: SUPPLIER, answeredAt: 0, answer: `0x${'00'.repeat(32)}` as Hex };

function judge(batch: BatchEvidence, change: Partial<OrderEvidence> = {}): Fragment[] {
  const state = stateInBatch(order, batch);
  const { buyer, supplier } = state;
  const evidence: OrderEvidence = {
    ...{ order, state, batch, log: [] },
    identity: { registry, buyer, supplier, commitment: document.root, tag },
    ...{ buyer: { active: true, roles: 1 }, supplier: { active: true, roles: 2 } },
    encumbrance: { lender: `0x${'00'.repeat(20)}`, state: 'NONE', disburseBy: 0 },
    documents: [{ kind: 'ORDER', root: document.root, disclosure: document.disclose(['']) }],
    notes: { inDoubt: [], parties: 'registered' },
    ...change,
  };
  return judgeOrder(evidence, { now: EXPIRY + 100, accounts: new Set() });
}

const failing = (fragments: readonly Fragment[]): string[] =>
  fragments.filter(({ status }) => status !== 'VALID').map(({ kind, reason: { code } }) => `${kind} ${code}`);

describe('an order that is in a batch only', () => {
  it('is valid, as one posted alone, when its leaf is in the batch and its bit in the answer', () => {
    const fragments = judge(place());
    expect(failing(fragments)).toEqual([]);
    expect(isValid('own-rpc', fragments)).toBe(true);
    expect(fragments.find(({ kind }) => kind === 'ISSUANCE')?.data).toMatchObject({
      batch: { root: tree.root, index: OURS },
    });
  });

  const other = bitmapOf(SIZE, [0]);
  it.each<[string, Partial<BatchEvidence>, string[]]>([
    [
      'its buyer has posted no such batch',
      { onChain: { ...unanswered, supplier: 0 } },
      ['ISSUANCE ORDER_BATCH_UNKNOWN'],
    ],
    ['the proof is another leaf’s', { proof: tree.proof(OURS - 1) }, ['ISSUANCE ORDER_NOT_IN_BATCH']],
    ['a node of the proof is left out', { proof: tree.proof(OURS).slice(1) }, ['ISSUANCE ORDER_NOT_IN_BATCH']],
    ['it is said to be elsewhere', { index: OURS - 1 }, ['ISSUANCE ORDER_NOT_IN_BATCH']],
    ['it is said to lapse later', { expiry: EXPIRY + 1_000 }, ['ISSUANCE ORDER_NOT_IN_BATCH']],
    ['another root is shown', { root: keccak256Hex('another') }, ['ISSUANCE ORDER_NOT_IN_BATCH']],
    ['another answer is shown', { bitmap: bitmapOf(SIZE, [OURS]) }, ['ISSUANCE ORDER_BATCH_INVALID_BITMAP']],
    ['an answer is shown where there is none', { onChain: unanswered }, ['ISSUANCE ORDER_BATCH_INVALID_BITMAP']],
    ['no answer is shown where there is one', { bitmap: '0x' }, ['ISSUANCE ORDER_BATCH_INVALID_BITMAP']],
    ['it is not answered', { bitmap: '0x', onChain: unanswered }, ['ISSUANCE SINGLE_AUTHOR']],
    [
      'its bit is not set',
      { bitmap: other, onChain: { ...unanswered, answeredAt: EXPIRY, answer: keccak256Hex(toBytes(other)) } },
      ['ISSUANCE ORDER_NOT_ACCEPTED_IN_BATCH'],
    ],
    [
      'the answer came when it had lapsed',
      { onChain: { ...place().onChain, answeredAt: EXPIRY + OURS + 2 } },
      ['ISSUANCE ORDER_LAPSED_IN_BATCH'],
    ],
  ])('is refused when %s', (_, change, codes) => {
    const fragments = judge(place(change));
    expect(failing(fragments)).toEqual(expect.arrayContaining([...codes, 'STATUS ORDER_NOT_IN_FORCE']));
    expect(isValid('validator-quorum', fragments)).toBe(false);
  });

  it('is no other order’s place, nor another supplier’s', () => {
    const identity = { registry, buyer: BUYER, supplier: SUPPLIER, commitment: document.root, tag: registry };
    expect(failing(judge(place(), { identity }))).toContain('ISSUANCE ORDER_ID_MISMATCH');
    expect(failing(judge(place({ onChain: { ...place().onChain, supplier: 9 } })))).toContain(
      'ISSUANCE ORDER_ID_MISMATCH',
    );
  });
});
