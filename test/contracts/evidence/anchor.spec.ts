import { AbiCoder, ZeroHash, id, keccak256 } from 'ethers';
import { StandardMerkleTree } from '@openzeppelin/merkle-tree';
import { type Consortium, deployConsortium } from '../support/consortium.js';
import { decide } from '../support/votes.js';

let consortium: Consortium;
beforeAll(async () => {
  consortium = await deployConsortium({ registries: ['EvidenceAnchor'] });
});
beforeEach(() => consortium.reset());

const headAfter = (previous: string, root: string) =>
  keccak256(AbiCoder.defaultAbiCoder().encode(['bytes32', 'bytes32'], [previous, root]));
const anchor = () => consortium.registry('EvidenceAnchor');

describe('anchor', () => {
  it('chains the batches of a member', async () => {
    const { operator, id: member } = consortium.member('core');
    const [first, second] = [id('first'), id('second')];
    const heads = [headAfter(ZeroHash, first), headAfter(headAfter(ZeroHash, first), second)];
    const sent = await anchor().send(operator, 'anchor', first, 1000, 1);
    await anchor().send(operator, 'anchor', second, 3, 2);
    expect(sent.events).toEqual([{ name: 'EvidenceAnchored', args: { member, index: 1, root: first, count: 1000 } }]);
    expect(await anchor().read('headOf', member, 1)).toBe(heads[0]);
    expect(await anchor().read('headOf', member, 2)).toBe(heads[1]);
  });

  it('keeps the chains of two members apart', async () => {
    await anchor().send(consortium.member('core').operator, 'anchor', id('a'), 1, 1);
    await anchor().send(consortium.member('carrier').operator, 'anchor', id('b'), 1, 1);
    expect(await anchor().read('headOf', consortium.member('carrier').id, 1)).toBe(headAfter(ZeroHash, id('b')));
  });

  it.each([0, 2, 4])('refuses batch %i when batch 1 is the only one before it or is repeated', async (index) => {
    const { operator, id: member } = consortium.member('core');
    if (index === 4) await anchor().send(operator, 'anchor', id('a'), 1, 1);
    expect(await anchor().refusal(operator, 'anchor', id('x'), 1, index)).toEqual({
      name: 'EvidenceOutOfSequence',
      args: { member, index },
    });
  });

  it('refuses a batch that was anchored', async () => {
    const { operator, id: member } = consortium.member('core');
    await anchor().send(operator, 'anchor', id('a'), 1, 1);
    expect(await anchor().refusal(operator, 'anchor', id('a'), 1, 1)).toEqual({
      name: 'EvidenceOutOfSequence',
      args: { member, index: 1 },
    });
  });

  it('refuses an account that acts for no member', async () => {
    const stranger = consortium.stranger();
    expect(await anchor().refusal(stranger, 'anchor', id('a'), 1, 1)).toEqual({
      name: 'MemberUnknownOperator',
      args: { account: stranger.address },
    });
  });

  it('refuses a revoked operator', async () => {
    const { operator, admin } = consortium.member('core');
    const { block } = await consortium.registry('MemberRegistry').send(admin, 'revokeOperator', operator.address, 0);
    expect(await anchor().refusal(operator, 'anchor', id('a'), 1, 1)).toEqual({
      name: 'MemberKeyRevoked',
      args: { account: operator.address, revokedAt: block },
    });
  });

  it('lets a suspended member anchor, since that gives it no right (rule 10)', async () => {
    const { operator, id: member } = consortium.member('supplier-2');
    await decide(consortium, 'SUSPEND', member);
    await anchor().send(operator, 'anchor', id('a'), 1, 1);
    expect(await anchor().read('headOf', member, 1)).toBe(headAfter(ZeroHash, id('a')));
  });
});

describe('proves', () => {
  const tree = StandardMerkleTree.of(
    Array.from({ length: 7 }, (_, i) => [id(`reading ${i}`)]),
    ['bytes32'],
  );
  const leaf = tree.leafHash([id('reading 3')]);
  const proof = tree.getProof(3);
  let member: number;
  beforeEach(async () => {
    const core = consortium.member('core');
    member = core.id;
    await anchor().send(core.operator, 'anchor', id('before'), 1, 1);
    await anchor().send(core.operator, 'anchor', tree.root, 7, 2);
  });

  it('tells a leaf of an anchored batch', async () => {
    expect(await anchor().read('proves', member, 2, tree.root, leaf, proof)).toBe(true);
  });

  it.each([
    ['another member', () => [member + 1, 2, tree.root, leaf, proof]],
    ['another batch', () => [member, 1, tree.root, leaf, proof]],
    ['no batch', () => [member, 0, tree.root, leaf, proof]],
    ['a batch to come', () => [member, 3, tree.root, leaf, proof]],
    ['another root', () => [member, 2, leaf, leaf, []]],
    ['another leaf', () => [member, 2, tree.root, tree.leafHash([id('reading 8')]), proof]],
    ['a proof cut short', () => [member, 2, tree.root, leaf, proof.slice(1)]],
  ])('refuses %s', async (_, args) => {
    expect(await anchor().read('proves', ...args())).toBe(false);
  });
});
