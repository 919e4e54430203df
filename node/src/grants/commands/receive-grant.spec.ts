import type { Hex } from '../../kernel/hex.js';
import { ReceiveGrant } from './receive-grant.js';

const id = (byte: string): Hex => `0x${byte.repeat(32)}`;
const [BUYER, SUPPLIER, LENDER] = [1, 2, 3];

/** A grant of the order's buyer to `grantee`, as its node takes it in; resolves with whether it was taken. */
async function taken(grantee: number): Promise<boolean> {
  let given = false;
  const receiving = new ReceiveGrant(
    { owners: () => Promise.resolve([BUYER, SUPPLIER]) } as never,
    { given: () => Promise.resolve(void (given = true)) } as never,
    {} as never,
    { take: () => Promise.resolve() } as never,
  );
  const opening = { id: id('0a'), grantee, maker: BUYER, object: id('0b'), onOrder: true, financing: null };
  await receiving.handle({
    ...{ from: { id: BUYER }, object: opening.id, body: { opening, approval: null, place: {} } },
  } as never);
  return given;
}

it('takes a grant from an owner', () => expect(taken(LENDER)).resolves.toBe(true));

// Or a side could be made to believe that its own order stands elsewhere.
it('takes none to a side of what it names', () =>
  expect(taken(SUPPLIER)).rejects.toMatchObject({ code: 'GRANT_INVALID' }));
