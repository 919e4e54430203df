import { ZeroHash } from 'ethers';
import { random32 } from '../support/votes.js';
import { Desk, ENCUMBRANCE } from './desk.js';

let desk: Desk;
let order: string;
let receivable: string;
beforeAll(async () => {
  desk = await Desk.open();
});
beforeEach(async () => {
  await desk.reset();
  order = await desk.trade.accepted();
  await desk.reserve(order);
  await desk.disburse(order);
  receivable = await desk.confirmed([order]);
});

const rollOver = async (...args: Parameters<Desk['rolling']>) =>
  desk.receivables.send(desk.stranger(), 'rollOver', ...(await desk.rolling(...args)));
const refused = async (...args: Parameters<Desk['rolling']>) =>
  desk.receivables.refusal(desk.stranger(), 'rollOver', ...(await desk.rolling(...args)));

it('ends the claim on the order and stands on the receivable as disbursed, in one transaction', async () => {
  const args = await desk.rolling(order, receivable);
  const { events } = await desk.receivables.send(desk.stranger(), 'rollOver', ...args);
  expect(events.map(({ name }) => name)).toEqual([
    'EncumbranceReserved',
    'EncumbranceRolledOver',
    'EncumbranceDisbursed',
  ]);
  expect(events[1]!.args).toEqual({ order, receivable });
  expect(events[2]!.args).toEqual({ object: receivable, state: 3, paymentReference: ZeroHash });
  expect(await desk.stateOf(order)).toBe(ENCUMBRANCE.NONE);
  expect(await desk.encumbrance(receivable)).toMatchObject({
    state: ENCUMBRANCE.ASSIGNED,
    lender: args[1].lender,
  });
  expect(await desk.trade.order(order)).toMatchObject({ encumbered: false, encumberedDescendants: 1 });
  expect((await desk.receivable(receivable)).everEncumbered).toBe(true);
  await desk.noticed(receivable);
  await desk.receivables.send(desk.lenderOf(receivable), 'release', receivable, random32());
});

it('as a pledge when it is one', async () => {
  await rollOver(order, receivable, {}, { kind: 1 });
  expect(await desk.stateOf(receivable)).toBe(ENCUMBRANCE.PLEDGED);
});

it('takes a claim over to a part of a split too', async () => {
  const first = new Map([[order, desk.lenderOf(order)]]);
  const [part] = await desk.split(receivable, { first });
  await rollOver(order, part!);
  expect(await desk.stateOf(part!)).toBe(ENCUMBRANCE.ASSIGNED);
});

it('asks the lender of the order, whose consent to a reservation is none to this', async () => {
  const other = desk.stranger();
  expect((await refused(order, receivable, { first: new Map([[order, other]]) })).name).toBe('ConsentWrongSigner');
  expect((await refused(order, receivable, { first: new Map() })).name).toBe('OrderAlreadyEncumbered');
  const yielding = await desk.agree(receivable, { first: new Map([[order, desk.lenderOf(order)]]) });
  const args = [order, ...yielding];
  expect((await desk.receivables.refusal(desk.stranger(), 'rollOver', ...args)).name).toBe('ConsentInvalidSignature');
});

it('asks the holder', async () => {
  expect((await refused(order, receivable, { holder: desk.stranger() })).name).toBe('ConsentWrongSigner');
});

it('asks the lender of another order of the receivable as well', async () => {
  const other = await desk.trade.accepted();
  await desk.reserve(other);
  const orders = [order, other].toSorted();
  const collective = await desk.confirmed(orders);
  const first = new Map(orders.map((each) => [each, desk.lenderOf(each)]));
  expect((await refused(order, collective)).name).toMatch(/OrderAlreadyEncumbered|ConsentUnexpected/);
  await rollOver(order, collective, { first });
  expect(await desk.stateOf(other)).toBe(ENCUMBRANCE.RESERVED);
});

it('is of a receivable born from that order', async () => {
  const stranger = await desk.confirmed();
  expect(await refused(order, stranger)).toEqual({
    name: 'EncumbranceNotOfLineage',
    args: { order, receivable: stranger },
  });
});

it('is of money that is out', async () => {
  const reserved = await desk.trade.accepted();
  const born = await desk.confirmed([reserved]);
  await desk.reserve(reserved);
  expect(await refused(reserved, born)).toMatchObject({
    name: 'EncumbranceInvalidTransition',
    args: { from: ENCUMBRANCE.RESERVED, to: ENCUMBRANCE.NONE },
  });
  const free = await desk.trade.accepted();
  const args = await desk.rolling(free, await desk.confirmed([free]), { first: new Map() });
  expect((await desk.receivables.refusal(desk.stranger(), 'rollOver', ...args)).name).toBe(
    'EncumbranceInvalidTransition',
  );
});

it('to a receivable that is confirmed, free and undisputed', async () => {
  const issued = await desk.issued([order]);
  expect((await refused(order, issued)).name).toBe('ReceivableNotConfirmed');
  await desk.dispute(receivable);
  expect((await refused(order, receivable)).name).toBe('ReceivableDisputed');
  const taken = await desk.confirmed([order]);
  await desk.reserve(taken, { first: new Map([[order, desk.lenderOf(order)]]) });
  expect((await refused(order, taken)).name).toBe('ReceivableAlreadyEncumbered');
});
