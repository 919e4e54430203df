import { AbiCoder, ZeroHash, keccak256 } from 'ethers';
import { type Posting, STATUS, Trade } from './trade.js';

let trade: Trade;
beforeAll(async () => {
  trade = await Trade.begin();
});
beforeEach(() => trade.reset());

const args = ({ supplier, commitment, tag, expiry }: Posting) => [supplier, commitment, tag, expiry] as const;

describe('post', () => {
  it('computes the id from parties, commitment and tag under the registry domain', async () => {
    const posting = await trade.posting();
    const expected = keccak256(
      AbiCoder.defaultAbiCoder().encode(
        ['bytes32', 'uint32', 'uint32', 'bytes32', 'bytes32'],
        [await trade.orders.read('domainSeparator'), trade.buyer.id, posting.supplier, posting.commitment, posting.tag],
      ),
    );
    const { events } = await trade.orders.send(trade.buyer.operator, 'post', ...args(posting));
    expect(events).toEqual([{ name: 'OrderPosted', args: { order: expected, buyer: trade.buyer.id, ...posting } }]);
  });

  it('keeps one slot: parties, state, version and expiry, all else zero', async () => {
    const posting = await trade.posting();
    const order = await trade.post(posting);
    expect(await trade.order(order)).toEqual({
      buyer: trade.buyer.id,
      supplier: posting.supplier,
      status: STATUS.POSTED,
      proposals: 0,
      encumbered: false,
      version: 1,
      coverVersion: 0,
      expiry: posting.expiry,
      encumberedDescendants: 0,
      entries: 0,
    });
    expect(await trade.orders.read('commitmentOf', order)).toBe(ZeroHash);
    expect(await trade.orders.read('headOf', order)).toBe(ZeroHash);
  });

  it('cannot be squatted on: the same words from another buyer are another order', async () => {
    const posting = await trade.posting();
    const squatted = await trade.post(posting, trade.consortium.member('other-buyer'));
    expect(await trade.post(posting)).not.toBe(squatted);
  });

  it('refuses the very same order twice, in whatever state the first is', async () => {
    const posting = await trade.posting();
    const order = await trade.post(posting);
    const again = () => trade.orders.refusal(trade.buyer.operator, 'post', ...args(posting));
    expect(await again()).toEqual({ name: 'OrderAlreadyPosted', args: { order } });
    await trade.orders.send(trade.buyer.operator, 'withdraw', order);
    expect(await again()).toEqual({ name: 'OrderAlreadyPosted', args: { order } });
  });

  it('refuses a commitment to nothing', async () => {
    const posting = await trade.posting({ commitment: ZeroHash });
    expect((await trade.orders.refusal(trade.buyer.operator, 'post', ...args(posting))).name).toBe(
      'OrderCommitmentMissing',
    );
  });

  it('refuses an expiry that has passed', async () => {
    const expiry = await trade.now();
    const posting = await trade.posting({ expiry });
    const refused = await trade.orders.refusal(trade.buyer.operator, 'post', ...args(posting));
    expect(refused).toEqual({ name: 'OrderExpiryPast', args: { expiry, timestamp: expect.any(BigInt) } });
  });

  it('refuses a posting to nobody and one to oneself', async () => {
    const nobody = await trade.posting({ supplier: 0 });
    expect(await trade.orders.refusal(trade.buyer.operator, 'post', ...args(nobody))).toEqual({
      name: 'OrderSupplierMissing',
      args: {},
    });
    const trader = trade.consortium.member('trader');
    const own = await trade.posting({ supplier: trader.id });
    expect(await trade.orders.refusal(trader.operator, 'post', ...args(own))).toEqual({
      name: 'OrderSelfPosted',
      args: { member: trader.id },
    });
  });

  it.each([
    ['a supplier', 'supplier', 'MemberMissingRole'],
    ['a bank', 'bank-a', 'MemberMissingRole'],
    ['a carrier', 'carrier', 'MemberMissingRole'],
  ])('is not for %s', async (_, name, error) => {
    const { operator } = trade.consortium.member(name);
    expect((await trade.orders.refusal(operator, 'post', ...args(await trade.posting()))).name).toBe(error);
  });

  it('is not for strangers, nor for a revoked operator', async () => {
    const posting = args(await trade.posting());
    expect((await trade.orders.refusal(trade.consortium.stranger(), 'post', ...posting)).name).toBe(
      'MemberUnknownOperator',
    );
    await trade.revokeOperator(trade.buyer);
    expect((await trade.orders.refusal(trade.buyer.operator, 'post', ...posting)).name).toBe('MemberKeyRevoked');
  });

  it('is not to somebody who is no supplier, nor to an unknown number', async () => {
    const toBank = await trade.posting({ supplier: trade.consortium.member('bank-a').id });
    expect((await trade.orders.refusal(trade.buyer.operator, 'post', ...args(toBank))).name).toBe('MemberMissingRole');
    const toNobody = await trade.posting({ supplier: 999 });
    expect((await trade.orders.refusal(trade.buyer.operator, 'post', ...args(toNobody))).name).toBe('MemberNotActive');
  });
});

describe('postMany', () => {
  const toTwo = async () => {
    const other = trade.consortium.member('other-supplier').id;
    return [
      await trade.posting(),
      await trade.posting({ supplier: other }),
      await trade.posting({ supplier: other }),
      await trade.posting(),
    ];
  };

  it('posts each, as if alone', async () => {
    const postings = await toTwo();
    const { events } = await trade.orders.send(trade.buyer.operator, 'postMany', postings);
    expect(events.map(({ args }) => args)).toEqual(
      postings.map((posting) => ({ order: expect.any(String), buyer: trade.buyer.id, ...posting })),
    );
    for (const { args } of events) {
      expect((await trade.order(args['order'] as string)).supplier).toBe(args['supplier']);
    }
  });

  it('posts none where one is refused', async () => {
    const postings = await toTwo();
    const twice = [...postings, postings[0]!];
    const refused = await trade.orders.refusal(trade.buyer.operator, 'postMany', twice);
    expect(refused.name).toBe('OrderAlreadyPosted');
    expect(await trade.order(refused.args['order'] as string)).toMatchObject({ status: STATUS.NONE });
  });

  it.each([
    ['first', 0],
    ['last', 4],
  ])('checks the supplier of the %s posting too', async (_, place) => {
    const postings = await toTwo();
    postings.splice(place, 0, await trade.posting({ supplier: trade.carrier.id }));
    expect((await trade.orders.refusal(trade.buyer.operator, 'postMany', postings)).name).toBe('MemberMissingRole');
    postings.splice(place, 1, await trade.posting({ supplier: 0 }));
    expect((await trade.orders.refusal(trade.buyer.operator, 'postMany', postings)).name).toBe('OrderSupplierMissing');
  });

  it('does nothing for an empty list', async () => {
    expect((await trade.orders.send(trade.buyer.operator, 'postMany', [])).events).toEqual([]);
  });
});
