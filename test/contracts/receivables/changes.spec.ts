import type { Signer } from '../support/chain.js';
import { random32 } from '../support/votes.js';
import { Desk, type LenderConsent, hash } from './desk.js';

// Rule 3: no order changes without the lenders whose claims rest on it.
let desk: Desk;
let order: string;
let commitment: string;
beforeAll(async () => {
  desk = await Desk.open();
});
beforeEach(async () => {
  await desk.reset();
  order = await desk.trade.accepted();
  commitment = random32();
});

const propose = () => desk.trade.orders.send(desk.buyer.operator, 'proposeChange', order, commitment);
const consentOf = async (object: string, by: Signer, version = 2): Promise<LenderConsent> => ({
  object,
  consent: await desk.consent(
    by,
    object,
    'CHANGE',
    hash(['bytes32', 'uint32', 'bytes32'], [order, version, commitment]),
  ),
});
const consents = async (...objects: string[]) => {
  const given: LenderConsent[] = [];
  for (const object of objects.toSorted()) given.push(await consentOf(object, desk.lenderOf(object)));
  return given;
};
const accept = (given: LenderConsent[]) =>
  desk.trade.orders.send(desk.supplier.operator, 'acceptChange', order, 2, commitment, given);
const refused = (given: LenderConsent[]) =>
  desk.trade.orders.refusal(desk.supplier.operator, 'acceptChange', order, 2, commitment, given);

it('needs the lender of the order', async () => {
  await desk.reserve(order);
  await propose();
  expect(await refused([])).toEqual({ name: 'OrderAlreadyEncumbered', args: { order, state: 1 } });
  await accept(await consents(order));
  expect(await desk.trade.order(order)).toMatchObject({ version: 2, coverVersion: 2, encumbered: true });
});

it('needs the lender of each receivable of it', async () => {
  const receivables = [await desk.confirmed([order]), await desk.confirmed([order])];
  for (const receivable of receivables) await desk.reserve(receivable);
  await desk.disburse(receivables[0]!);
  await propose();
  expect(await refused(await consents(receivables[1]!))).toEqual({
    name: 'OrderDescendantsEncumbered',
    args: { order, encumbered: 2, consented: 1 },
  });
  await accept(await consents(...receivables));
});

it('needs both, of the order and of its receivables', async () => {
  const receivable = await desk.confirmed([order]);
  await desk.reserve(order);
  await desk.reserve(receivable, { first: new Map([[order, desk.lenderOf(order)]]) });
  await propose();
  expect((await refused(await consents(receivable))).name).toBe('OrderAlreadyEncumbered');
  expect((await refused(await consents(order))).name).toBe('OrderDescendantsEncumbered');
  await accept(await consents(order, receivable));
});

it('each signs this change: not another version, not for another lender, not twice', async () => {
  await desk.reserve(order);
  await propose();
  expect((await refused([await consentOf(order, desk.lenderOf(order), 3)])).name).toBe('ConsentInvalidSignature');
  expect((await refused([await consentOf(order, desk.stranger())])).name).toBe('ConsentWrongSigner');
  const [given] = await consents(order);
  expect(await refused([given!, given!])).toEqual({ name: 'ConsentUnexpected', args: { object: order } });
});

it('needs no lender whose reservation lapsed, and clears those that are named', async () => {
  const receivable = await desk.confirmed([order]);
  await desk.reserve(receivable);
  await desk.receivables.send(desk.lenderOf(receivable), 'drop', receivable);
  await desk.reserve(order);
  await desk.reserve(receivable, { first: new Map([[order, desk.lenderOf(order)]]) });
  await desk.trade.pass(3 * 86_400);
  await propose();
  expect((await refused([])).name).toBe('OrderDescendantsEncumbered');
  await accept(await consents(order, receivable));
  expect(await desk.trade.order(order)).toMatchObject({ encumbered: false, encumberedDescendants: 0, version: 2 });
});

it('takes no consent of a lender elsewhere', async () => {
  const elsewhere = await desk.trade.accepted();
  await desk.reserve(elsewhere);
  await propose();
  expect(await refused(await consents(elsewhere))).toEqual({ name: 'ConsentUnexpected', args: { object: elsewhere } });
});

it('asks through the order registry only', async () => {
  const { operator } = desk.supplier;
  expect(await desk.receivables.refusal(operator, 'takeChangeConsents', order, 2, commitment, [])).toEqual({
    name: 'ReceivableLineageUnauthorized',
    args: { caller: operator.address },
  });
});
