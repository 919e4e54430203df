import { Interface } from 'ethers';
import { random32 } from '../support/votes.js';
import { Desk } from './desk.js';

const SLOT = '0x360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
beforeEach(() => desk.reset());

const provider = () => desk.trade.consortium.chain.ethers.provider;

it('is named in the code that the proxy’s code hash pins', async () => {
  const word = await provider().getStorage(desk.receivables.address, SLOT);
  const code = await provider().getCode(`0x${word.slice(26)}`);
  const annex = await desk.receivables.read<string>('annex');
  expect(code.toLowerCase()).toContain(annex.slice(2).toLowerCase());
});

it('called by itself knows no receivable and counts in no order', async () => {
  const receivable = await desk.confirmed();
  const to = await desk.receivables.read<string>('annex');
  const data = desk.receivables.abi.encodeFunctionData('claimPayment', [receivable, random32()]);
  const call = provider().call({ to, data, from: desk.buyer.operator.address });
  const unknown = desk.receivables.abi.encodeErrorResult('ReceivableUnknown', [receivable]);
  await expect(call).rejects.toMatchObject({ data: unknown });
});

it('answers what neither knows with a refusal, and takes no money', async () => {
  const to = desk.receivables.address;
  const stranger = new Interface(['function nobodyKnows()']).encodeFunctionData('nobodyKnows');
  await expect(provider().call({ to, data: stranger })).rejects.toThrow();
  const data = desk.receivables.abi.encodeFunctionData('parentOf', [random32()]);
  await expect(provider().call({ to, data, value: 1, from: desk.buyer.operator.address })).rejects.toThrow();
});
