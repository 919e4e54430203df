import type { Anvil } from '../../../../scripts/embedded/anvil.js';
import { rpc } from '../../../../scripts/embedded/rpc.js';
import { startAnvil } from '../../../../test/support/anvil.js';
import type { Hex } from '../../kernel/hex.js';
import { headerHash, type RpcHeader } from '../../kernel/block-header.js';
import { type AccountProof, ProofInvalid, proveAccount, word, ZERO_32 } from './state-proof.js';

const ADDRESS: Hex = `0x${'ab'.repeat(20)}`;
const slot = (n: number) => word(`0x${n.toString(16)}`);

describe('header and state proofs of a real chain', () => {
  let chain: Anvil;
  let header: RpcHeader & { hash: Hex };
  let proof: AccountProof;

  beforeAll(async () => {
    chain = await startAnvil();
    await rpc(chain.url, 'anvil_setCode', [ADDRESS, '0x600160005260206000f3']);
    for (let n = 0; n < 20; n++)
      await rpc(chain.url, 'anvil_setStorageAt', [ADDRESS, slot(n), word(`0x${(n + 1).toString(16)}`)]);
    await rpc(chain.url, 'anvil_mine', ['0x2']);
    header = await rpc(chain.url, 'eth_getBlockByNumber', ['latest', false]);
    proof = await rpc(chain.url, 'eth_getProof', [ADDRESS, [slot(3), slot(7), slot(99)], 'latest']);
  });
  afterAll(() => chain.stop());

  it('computes the block hash from the header’s fields', () => {
    expect(headerHash(header)).toBe(header.hash);
    expect(headerHash({ ...header, timestamp: '0x1' })).not.toBe(header.hash);
  });

  it('reads slots, a proven absence as zero', async () => {
    const account = await proveAccount(header.stateRoot, ADDRESS, [slot(3), slot(7), slot(99)], proof);
    expect([...account.slots.values()]).toEqual([slot(4), slot(8), ZERO_32]);
    expect(account.codeHash).toMatch(/^0x[0-9a-f]{64}$/);
  });

  it('refuses a slot that is not proven, rather than read it as zero', async () => {
    await expect(proveAccount(header.stateRoot, ADDRESS, [slot(5)], proof)).rejects.toThrow(ProofInvalid);
  });

  it('refuses another root, another account, and the proof of another slot', async () => {
    const other: Hex = `0x${'cd'.repeat(20)}`;
    await expect(proveAccount(ZERO_32, ADDRESS, [slot(3)], proof)).rejects.toThrow(ProofInvalid);
    await expect(proveAccount(header.stateRoot, other, [slot(3)], proof)).rejects.toThrow(ProofInvalid);
    const swapped = { ...proof, storageProof: [{ key: slot(3), proof: proof.storageProof[1]!.proof }] };
    await expect(proveAccount(header.stateRoot, ADDRESS, [slot(3)], swapped)).rejects.toThrow(ProofInvalid);
  });

  it('refuses a missing, a surplus and an altered node', async () => {
    const first = proof.storageProof[0]!;
    const variants: readonly (readonly Hex[])[] = [
      first.proof.slice(0, -1),
      [...first.proof, first.proof[0]!],
      [...first.proof, ...proof.storageProof[1]!.proof.slice(-1)],
      first.proof.map((node, i) => (i === 0 ? (`${node.slice(0, -1)}${node.endsWith('0') ? '1' : '0'}` as Hex) : node)),
      [],
    ];
    for (const nodes of variants) {
      const changed = { ...proof, storageProof: [{ key: first.key, proof: nodes }] };
      await expect(proveAccount(header.stateRoot, ADDRESS, [slot(3)], changed)).rejects.toThrow(ProofInvalid);
    }
  });
});
