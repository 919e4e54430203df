import { Transaction } from 'ethers';
import type { Hex } from '../kernel/hex.js';
import type { Address } from '../kernel/ids.js';
import { LocalAccount } from './local-account.js';
import type { RpcEndpoint } from './rpc-endpoint.js';
import { readTransactions } from './sent-transaction.js';

const account = new LocalAccount(new Uint8Array(32).fill(7));
const to = `0x${'1a'.repeat(20)}` as Address;
const call = { chainId: 31337, nonce: 5, to, data: '0xc0ffee', gasLimit: 90_000 } as const;
const signed = account.signTransaction(call);

/** As a node shows what it has, by an implementation that is not ours. */
const shown = () => {
  const { nonce, gasLimit, gasPrice, value, data, signature, to: whom } = Transaction.from(signed.raw);
  const quantity = (n: bigint | number) => `0x${n.toString(16)}`;
  const { r, s, networkV } = signature!;
  return {
    ...{ type: '0x0', to: whom, value: quantity(value), input: data, nonce: quantity(nonce), gas: quantity(gasLimit) },
    ...{ gasPrice: quantity(gasPrice!), v: quantity(networkV!), r: quantity(BigInt(r)), s: quantity(BigInt(s)) },
  };
};
const read = (answer: unknown, hash: Hex = signed.hash) =>
  readTransactions({ batch: () => Promise.resolve([answer]) } as unknown as RpcEndpoint, [hash]);

it('is shown as it was signed, and by whom', async () => {
  const { nonce, data } = call;
  expect(await read(shown())).toEqual([{ from: account.address, nonce, to, data, ...signed }]);
});

it.each([
  ['other data', { input: '0xc0ffef' }],
  ['another nonce', { nonce: '0x6' }],
  ['another chain', { v: '0x1b58' }],
])('is not believed with %s', async (_, change) => {
  await expect(read({ ...shown(), ...change })).rejects.toMatchObject({ fault: 'NOT_BELIEVED' });
});

it('is none of a node where it makes a contract, carries money or has a later form', async () => {
  for (const change of [{ to: null }, { value: '0x1' }, { type: '0x2' }])
    expect(await read({ ...shown(), ...change })).toEqual([null]);
});

it('is passed over in a form that is none', async () => {
  for (const change of [{ value: undefined }, { input: 7 }, { r: '0xzz' }])
    await expect(read({ ...shown(), ...change })).rejects.toMatchObject({ fault: 'MALFORMED' });
});

it('that an endpoint lacks makes it one that is behind', async () => {
  await expect(read(null)).rejects.toMatchObject({ fault: 'BEHIND' });
});
