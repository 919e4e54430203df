import { Signature, ZeroHash, id } from 'ethers';
import type { Signer } from '../support/chain.js';
import { random32 } from '../support/votes.js';
import { type Agreement, CONSENT, Desk, type Reservation, type SignedConsent, detailsOf } from './desk.js';

let desk: Desk;
let object: string;
let lender: Signer;
beforeAll(async () => {
  desk = await Desk.open();
});
beforeEach(async () => {
  await desk.reset();
  object = await desk.confirmed();
  lender = desk.stranger();
});

const refused = (agreement: Agreement) => desk.receivables.refusal(desk.stranger(), 'reserve', ...agreement);
const send = (agreement: Agreement) => desk.receivables.send(desk.stranger(), 'reserve', ...agreement);
/** An agreement in which one of the two consents is given otherwise. */
async function otherwise(
  which: 'holder' | 'lender',
  over: Parameters<Desk['consent']>[4] & { by?: Signer; act?: 'RESERVE' | 'YIELD'; object?: string; details?: string },
): Promise<Agreement> {
  const [reservation, holders, lenders, first] = await desk.agree(object, { lender });
  const by = over.by ?? (which === 'holder' ? desk.holderOf(object) : lender);
  const details = over.details ?? detailsOf(reservation);
  const given = await desk.consent(by, over.object ?? object, over.act ?? 'RESERVE', details, {
    coverVersion: 1,
    ...over,
  });
  return which === 'holder' ? [reservation, given, lenders, first] : [reservation, holders, given, first];
}

describe.each(['holder', 'lender'] as const)('the %s’s consent', (which) => {
  const account = () => (which === 'holder' ? desk.holderOf(object) : lender).address;

  it('is to this act', async () => {
    expect(await refused(await otherwise(which, { act: 'YIELD' }))).toEqual({
      name: 'ConsentInvalidSignature',
      args: { signer: account() },
    });
  });

  it('is to this object', async () => {
    const other = await desk.confirmed();
    expect((await refused(await otherwise(which, { object: other }))).name).toBe('ConsentInvalidSignature');
  });

  it('is to these terms', async () => {
    expect((await refused(await otherwise(which, { details: random32() }))).name).toBe('ConsentInvalidSignature');
  });

  it('is by this account', async () => {
    const by = desk.stranger();
    expect((await refused(await otherwise(which, { by, account: account() }))).name).toBe('ConsentInvalidSignature');
    expect(await refused(await otherwise(which, { by }))).toEqual({
      name: 'ConsentWrongSigner',
      args: { given: by.address, required: account() },
    });
  });

  it('is good until its deadline', async () => {
    const deadline = (await desk.trade.now()) + 100;
    const agreement = await otherwise(which, { deadline });
    await desk.trade.pass(200);
    expect(await refused(agreement)).toMatchObject({ name: 'ConsentExpired', args: { deadline } });
  });

  it('bears a nonce that its account can cancel', async () => {
    const nonce = random32();
    const agreement = await otherwise(which, { nonce });
    const signer = which === 'holder' ? desk.holderOf(object) : lender;
    const { events } = await desk.receivables.send(signer, 'cancelNonce', nonce);
    expect(events).toEqual([{ name: 'ConsentNonceCancelled', args: { signer: signer.address, nonce } }]);
    expect(await desk.receivables.read('nonceUsed', signer.address, nonce)).toBe(true);
    const used = { name: 'ConsentNonceUsed', args: { signer: signer.address, nonce } };
    expect(await refused(agreement)).toEqual(used);
    expect(await desk.receivables.refusal(signer, 'cancelNonce', nonce)).toEqual(used);
  });

  it('is not cancelled by somebody else with the same nonce', async () => {
    const nonce = random32();
    const agreement = await otherwise(which, { nonce });
    await desk.receivables.send(desk.stranger(), 'cancelNonce', nonce);
    await send(agreement);
  });

  it('is used once: after the reservation is dropped it reserves nothing again', async () => {
    const agreement = await desk.agree(object, { lender });
    await send(agreement);
    await desk.receivables.send(lender, 'drop', object);
    const replayed = await refused(agreement);
    expect(replayed).toEqual({
      name: 'ConsentNonceUsed',
      args: { signer: agreement[1].signer, nonce: agreement[1].nonce },
    });
    const fresh = await desk.agree(object, { lender }, agreement[0]);
    const mixed: Agreement =
      which === 'holder' ? [agreement[0], agreement[1], fresh[2], []] : [agreement[0], fresh[1], agreement[2], []];
    expect((await refused(mixed)).name).toBe('ConsentNonceUsed');
  });

  it('has a low s', async () => {
    const agreement = await desk.agree(object, { lender });
    const at = which === 'holder' ? 1 : 2;
    const high = agreement.map((part, i) => (i === at ? withHighS(part as SignedConsent) : part));
    expect((await refused(high as unknown as Agreement)).name).toBe('ConsentInvalidSignature');
  });

  it.each(['0x', '0x00', `0x${'00'.repeat(65)}`])('is not %s', async (signature) => {
    const agreement = await desk.agree(object, { lender });
    const at = which === 'holder' ? 1 : 2;
    const forged = agreement.map((part, i) => (i === at ? { ...(part as SignedConsent), signature } : part));
    expect((await refused(forged as unknown as Agreement)).name).toBe('ConsentInvalidSignature');
  });

  it.each<[string, () => Promise<unknown>]>([
    [
      'a dispute, though resolved',
      async () => {
        const index = await desk.dispute(object);
        await desk.receivables.send(desk.buyer.operator, 'resolveDispute', object, index, random32());
      },
    ],
    ['a credit note', () => desk.receivables.send(desk.supplier.operator, 'issueCreditNote', object, random32())],
    [
      'a payment that counts',
      async () => {
        const index = await desk.claim(object);
        await desk.receivables.send(desk.holderOf(object), 'acknowledgePayment', object, index, false, []);
      },
    ],
    ['a receipt', async () => desk.trade.record(desk.buyer, (await desk.ordersOf(object))[0]!, 6)],
    [
      'a corrected receipt',
      async () => desk.trade.record(desk.buyer, (await desk.ordersOf(object))[0]!, 6, random32(), random32()),
    ],
    [
      'a new version of the order',
      async () => {
        const order = (await desk.ordersOf(object))[0]!;
        const commitment = random32();
        await desk.trade.orders.send(desk.buyer.operator, 'proposeChange', order, commitment);
        await desk.trade.orders.send(desk.supplier.operator, 'acceptChange', order, 2, commitment, []);
      },
    ],
  ])('is void after %s', async (_, act) => {
    const agreement = await desk.agree(object, { lender });
    await act();
    const [reservation, holders, lenders] = agreement;
    const fresh = await desk.agree(object, { lender }, reservation);
    const mixed: Agreement =
      which === 'holder' ? [reservation, holders, fresh[2], []] : [reservation, fresh[1], lenders, []];
    expect(await refused(mixed)).toEqual({ name: 'ConsentStale', args: { given: 1, current: 2 } });
  });

  it.each<[string, () => Promise<unknown>]>([
    [
      'a carrier’s scan',
      async () => {
        const order = (await desk.ordersOf(object))[0]!;
        await desk.trade.orders.send(desk.supplier.operator, 'appoint', order, desk.trade.carrier.id, 1 << 4, 2 ** 32);
        await desk.trade.record(desk.trade.carrier, order, 4);
      },
    ],
    [
      'a corrected despatch',
      async () => desk.trade.record(desk.supplier, (await desk.ordersOf(object))[0]!, 3, random32(), random32()),
    ],
    ['a payment that the obligor merely claims', () => desk.claim(object)],
  ])('outlives %s', async (_, act) => {
    const agreement = await desk.agree(object, { lender });
    await act();
    await send(agreement);
  });
});

it('each term is signed: none can be swapped by who sends', async () => {
  const agreement = await desk.agree(object, { lender });
  const [reservation, ...rest] = agreement;
  const order = reservation.orderTags[0]!.order;
  const swaps: Partial<Reservation>[] = [
    { kind: 1 },
    { disburseBy: reservation.disburseBy + 1 },
    { terms: ZeroHash },
    { orderTags: [await desk.tag(order, [random32()])] },
  ];
  for (const swap of swaps) {
    expect((await refused([{ ...reservation, ...swap }, ...rest])).name).toBe('ConsentInvalidSignature');
  }
  const swapped = await refused([{ ...reservation, lender: desk.stranger().address }, ...rest]);
  expect(swapped.name).toBe('ConsentInvalidSignature');
  await send(agreement);
});

describe('nothing carries over', () => {
  it.each([
    ['chain', { chainId: 1n }],
    ['wiped chain', { salt: id('another genesis') }],
    ['registry', { verifyingContract: '0x00000000000000000000000000000000000000aa' }],
    ['version', { version: '2' }],
  ])('from another %s', async (_, other) => {
    const [reservation, holders, lenders, first] = await desk.agree(object, { lender });
    const domain = { ...(await desk.receivables.domain()), ...other };
    const { nonce, deadline, coverVersion } = lenders;
    const message = { object, act: id('RESERVE'), details: detailsOf(reservation), nonce, deadline, coverVersion };
    const signature = await lender.signTypedData(domain, CONSENT, message);
    expect((await refused([reservation, holders, { ...lenders, signature }, first])).name).toBe(
      'ConsentInvalidSignature',
    );
  });
});

describe('contract accounts', () => {
  const wallet = async (owner: Signer) => {
    const contract = await desk.trade.consortium.chain.ethers.deployContract('SignerWallet', [owner.address]);
    return contract.getAddress();
  };

  it('lend by ERC-1271', async () => {
    const account = await wallet(lender);
    const reservation = await desk.reservation(object, lender, { lender: account });
    const details = detailsOf(reservation);
    const holders = await desk.consent(desk.holderOf(object), object, 'RESERVE', details);
    const by = (owner: Signer) => desk.consent(owner, object, 'RESERVE', details, { account });
    expect(await refused([reservation, holders, await by(desk.stranger()), []])).toEqual({
      name: 'ConsentInvalidSignature',
      args: { signer: account },
    });
    await send([reservation, holders, await by(lender), []]);
    expect((await desk.encumbrance(object)).lender).toBe(account);
  });
});

const N = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

/** The other signature of the same message by the same key. */
function withHighS(consent: SignedConsent): SignedConsent {
  const { r, s, v } = Signature.from(consent.signature);
  const high = (N - BigInt(s)).toString(16).padStart(64, '0');
  return { ...consent, signature: `${r}${high}${v === 27 ? '1c' : '1b'}` };
}
