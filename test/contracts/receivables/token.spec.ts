import { random32 } from '../support/votes.js';
import { Desk, NOBODY } from './desk.js';

let desk: Desk;
let receivable: string;
let token: bigint;
beforeAll(async () => {
  desk = await Desk.open();
});
beforeEach(async () => {
  await desk.reset();
  receivable = await desk.issued();
  token = BigInt(receivable);
});

it('is read as ERC-721', async () => {
  const { receivables } = desk;
  const holder = desk.holderOf(receivable).address;
  expect(await receivables.read('ownerOf', token)).toBe(holder);
  expect(await receivables.read('balanceOf', holder)).toBe(1n);
  expect(await receivables.read('balanceOf', desk.stranger().address)).toBe(0n);
  expect(await receivables.read('getApproved', token)).toBe(NOBODY);
  expect(await receivables.read('isApprovedForAll', holder, holder)).toBe(false);
  expect(await receivables.read('supportsInterface', '0x80ac58cd')).toBe(true);
  expect(await receivables.read('supportsInterface', '0x01ffc9a7')).toBe(true);
  expect(await receivables.read('supportsInterface', '0xffffffff')).toBe(false);
});

it('counts what an account holds', async () => {
  const holder = desk.holderOf(receivable);
  await desk.issued(undefined, holder);
  expect(await desk.receivables.read('balanceOf', holder.address)).toBe(2n);
});

it('knows no owner of what was never issued, and no balance of nobody', async () => {
  const unknown = random32();
  for (const fn of ['ownerOf', 'getApproved']) {
    expect(await desk.receivables.readRefusal(fn, BigInt(unknown))).toEqual({
      name: 'ReceivableUnknown',
      args: { receivable: unknown },
    });
  }
  expect(await desk.receivables.readRefusal('balanceOf', NOBODY)).toEqual({
    name: 'ReceivableInvalidOwner',
    args: { owner: NOBODY },
  });
});

it.each<[string, (from: string, to: string) => readonly unknown[]]>([
  ['transferFrom', (from, to) => [from, to, token]],
  ['safeTransferFrom(address,address,uint256)', (from, to) => [from, to, token]],
  ['safeTransferFrom(address,address,uint256,bytes)', (from, to) => [from, to, token, '0x']],
  ['approve', (_, to) => [to, token]],
  ['setApprovalForAll', (_, to) => [to, true]],
])('%s is refused, by the holder too', async (fn, args) => {
  const holder = desk.holderOf(receivable);
  const refused = await desk.receivables.refusal(holder, fn, ...args(holder.address, desk.stranger().address));
  expect(refused).toEqual({ name: 'ReceivableNotTransferable', args: {} });
});
