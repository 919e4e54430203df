import { ZeroHash } from 'ethers';
import { DAY } from '../../../test/contracts/orders/trade.js';
import { type Desk, hash } from '../../../test/contracts/receivables/desk.js';
import { random32 } from '../../../test/contracts/support/votes.js';
import type { Meter } from './meter.js';

/** A receivable's life and the encumbrances on it and on an order, each entry point at least once. */
export async function measureReceivables(meter: Meter, desk: Desk): Promise<void> {
  const { receivables, trade, buyer, supplier } = desk;
  const send = (circumstance: string, from: typeof buyer.operator, fn: string, ...args: unknown[]) =>
    meter.send(circumstance, receivables, from, fn, ...args);
  const reserve = async (circumstance: string, object: string) =>
    send(circumstance, desk.stranger(), 'reserve', ...(await desk.agree(object)));

  const order = await trade.accepted();
  const holder = desk.stranger();
  await send('one order', supplier.operator, 'issue', [order], random32(), holder.address, random32());
  const receivable = await desk.issued();
  await send('one tag key', buyer.operator, 'confirm', receivable, random32(), 0, [random32()]);
  await reserve('receivable', receivable);
  await send('', desk.lenderOf(receivable), 'disburse', receivable, random32());
  await send('', desk.lenderOf(receivable), 'notify', receivable, random32());
  await send('', buyer.operator, 'acknowledgeNotice', receivable);
  await send('', buyer.operator, 'openDispute', receivable, random32());
  await send('', buyer.operator, 'resolveDispute', receivable, 1, random32());
  await send('', supplier.operator, 'issueCreditNote', receivable, random32());
  const { events } = await send('', buyer.operator, 'claimPayment', receivable, random32());
  const index = events[0]!.args['index'];
  await send('settles', desk.lenderOf(receivable), 'acknowledgePayment', receivable, index, true, []);
  await send('', desk.lenderOf(receivable), 'release', receivable, random32());

  await reserve('order', order);
  await send('', desk.lenderOf(order), 'drop', order);
  await reserve('order, tag known', order);
  await trade.pass(3 * DAY);
  await send('', desk.stranger(), 'lapse', order);

  const financed = await trade.accepted();
  await desk.reserve(financed);
  await desk.disburse(financed);
  const change = random32();
  await trade.orders.send(buyer.operator, 'proposeChange', financed, change);
  const consent = await desk.consent(
    desk.lenderOf(financed),
    financed,
    'CHANGE',
    hash(['bytes32', 'uint32', 'bytes32'], [financed, 2, change]),
  );
  const consents = [{ object: financed, consent }];
  await meter.send('one lender', trade.orders, supplier.operator, 'acceptChange', financed, 2, change, consents);

  const issued = await desk.issued();
  const agreed = await desk.consent(
    desk.holderOf(issued),
    issued,
    'VOID',
    hash(['bytes32', 'bytes32'], [issued, ZeroHash]),
  );
  await send('', buyer.operator, 'voidReceivable', issued, ZeroHash, agreed, []);
  await send('', holder, 'cancelNonce', random32());
}
