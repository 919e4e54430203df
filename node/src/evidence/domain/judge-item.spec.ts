import { type Hex, toBytes } from '../../kernel/hex.js';
import { proofIn, rootOf, treeOver } from './hash-tree.js';
import { type EvidenceProof, judgeItem, PROOF_FORMAT } from './judge-item.js';
import { makeParcel, openParcel } from './parcel.js';

const registry: Hex = `0x${'7a'.repeat(32)}`;
const text = (id: string) => `{"id":"${id}","kind":"step","at":"2026-11-25T10:00:00Z"}`;
const parcels = [makeParcel([text('a'), text('b'), text('c')]), makeParcel(['{"not":"an item"}', text('d')])];
const nodes = treeOver(parcels.map(({ root }) => toBytes(root)));
const batch = { root: rootOf(nodes), leaves: 5, block: 12, anchoredAt: 1_900_000_000 };

function proofOf(parcel: number, position: number): EvidenceProof {
  const { nodes: within, content } = parcels[parcel]!;
  const proof = [...proofIn(within, position), ...proofIn(nodes, parcel)];
  return { format: PROOF_FORMAT, registry, member: 'core', batch: 7, ...openParcel(content)[position]!, proof };
}
const proof = proofOf(0, 1);

it('takes an item that leads to the root on chain', () => {
  expect(judgeItem(proof, registry, batch)).toMatchObject({ valid: true, item: { id: 'b' }, fault: null });
});

it.each<[string, Partial<EvidenceProof>]>([
  ['another text', { text: text('c') }],
  ['another salt', { salt: registry }],
  ['a sibling left out', { proof: proof.proof.slice(1) }],
  ['siblings in another order', { proof: [...proof.proof].reverse() }],
  ['no proof', { proof: [] }],
])('refuses %s', (_, over) => {
  expect(judgeItem({ ...proof, ...over }, registry, batch)).toEqual({
    valid: false,
    item: null,
    fault: 'EVIDENCE_NOT_IN_BATCH',
  });
});

it('refuses what is of another registry, of a batch that the chain has not, or no item', () => {
  const other: Hex = `0x${'7b'.repeat(32)}`;
  expect(judgeItem(proof, other, batch).fault).toBe('EVIDENCE_OF_ANOTHER_REGISTRY');
  expect(judgeItem(proof, registry, undefined).fault).toBe('EVIDENCE_BATCH_UNKNOWN');
  expect(judgeItem(proofOf(1, 0), registry, batch).fault).toBe('EVIDENCE_ITEM_MALFORMED');
});
