import type { Anvil } from '../../../../scripts/embedded/anvil.js';
import { rpc } from '../../../../scripts/embedded/rpc.js';
import { startAnvil } from '../../../../test/support/anvil.js';
import type { ChainClient } from '../../chain/index.js';
import type { BlockRef } from '../../indexer/index.js';
import type { Hex } from '../../kernel/hex.js';
import { type AccountProof, type AccountState, proveAccountState, word, ZERO_32 } from '../verify/state-proof.js';
import { SlotReader } from './slot-reader.js';

const ADDRESS: Hex = `0x${'ab'.repeat(20)}`;
const slot = (n: number) => word(`0x${n.toString(16)}`);

describe('slots under a storage root', () => {
  let chain: Anvil;
  let proofs: number;
  let forge: (proof: AccountProof) => AccountProof;
  let reader: SlotReader;

  beforeAll(async () => {
    chain = await startAnvil();
    await rpc(chain.url, 'anvil_setCode', [ADDRESS, '0x600160005260206000f3']);
    for (let n = 0; n < 20; n++) await set(n, n + 1);
  });
  afterAll(() => chain.stop());

  beforeEach(() => {
    proofs = 0;
    forge = (proof) => proof;
    const batch = (requests: readonly { method: string; params: readonly unknown[] }[]) =>
      Promise.all(
        requests.map(async ({ method, params }) => {
          proofs++;
          return forge(await rpc<AccountProof>(chain.url, method, [...params]));
        }),
      );
    reader = new SlotReader({ batch } as unknown as ChainClient);
  });

  const set = (n: number, value: number) => rpc(chain.url, 'anvil_setStorageAt', [ADDRESS, slot(n), slot(value)]);

  async function mined(): Promise<{ head: BlockRef; account: AccountState }> {
    await rpc(chain.url, 'anvil_mine', ['0x1']);
    const block = await rpc<{ number: Hex; hash: Hex; stateRoot: Hex }>(chain.url, 'eth_getBlockByNumber', [
      'latest',
      false,
    ]);
    const proof = await rpc<AccountProof>(chain.url, 'eth_getProof', [ADDRESS, [], block.number]);
    const account = await proveAccountState(block.stateRoot, ADDRESS, proof);
    return { head: { number: Number(block.number), hash: block.hash, timestamp: 0 }, account };
  }

  it('asks once for all who ask at the same time, and no more while the root stays', async () => {
    const { head, account } = await mined();
    const read = (...slots: number[]) => reader.read(head, account, slots.map(slot));
    const [one, two] = await Promise.all([read(3, 99), read(3, 7)]);
    expect(Object.fromEntries(one)).toEqual({ [slot(3)]: slot(4), [slot(99)]: ZERO_32 });
    expect([...two.values()]).toEqual([slot(4), slot(8)]);
    expect(proofs).toBe(1);
    const later = await mined();
    expect(later.head.number).toBe(head.number + 1);
    expect([...(await reader.read(later.head, later.account, [slot(7), slot(3)])).values()]).toEqual([
      slot(8),
      slot(4),
    ]);
    expect(proofs).toBe(1);
    expect([...(await read(3, 5)).values()]).toEqual([slot(4), slot(6)]);
    expect(proofs).toBe(2);
  });

  it('reads anew once the root is another, and as of the old block what was then', async () => {
    const before = await mined();
    await reader.read(before.head, before.account, [slot(1)]);
    await mined(); // what anvil sets goes into the state of the last block
    await set(1, 77);
    const after = await mined();
    expect((await reader.read(after.head, after.account, [slot(1)])).get(slot(1))).toBe(slot(77));
    expect((await reader.read(before.head, before.account, [slot(1)])).get(slot(1))).toBe(slot(2));
  });

  it('keeps nothing of a proof that does not hold, and tells each who asked', async () => {
    const { head, account } = await mined();
    forge = (proof) => ({
      ...proof,
      storageProof: proof.storageProof.map((each) => ({ ...each, proof: each.proof.slice(1) })),
    });
    const asked = await Promise.allSettled([
      reader.read(head, account, [slot(2)]),
      reader.read(head, account, [slot(4)]),
    ]);
    for (const each of asked) expect(each).toMatchObject({ status: 'rejected', reason: { code: 'PROOF_UNAVAILABLE' } });
    forge = (proof) => proof;
    expect((await reader.read(head, account, [slot(2)])).get(slot(2))).toBe(slot(3));
  });
});
