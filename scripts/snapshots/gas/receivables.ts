import { ZeroHash } from 'ethers';
import { DAY } from '../../../test/contracts/orders/trade.js';
import { type Desk, hash } from '../../../test/contracts/receivables/desk.js';
import type { Signer } from '../../../test/contracts/support/chain.js';
import { approve, propose, random32 } from '../../../test/contracts/support/votes.js';
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
  await send('one tag key', buyer.operator, 'confirm', receivable, random32(), 0, 1, 1, [random32()]);
  await reserve('receivable', receivable);
  await send('', desk.lenderOf(receivable), 'disburse', receivable, random32());
  await send('', desk.lenderOf(receivable), 'notify', receivable, random32());
  await send('', buyer.operator, 'acknowledgeNotice', receivable, desk.lenderOf(receivable).address);
  await send('', buyer.operator, 'openDispute', receivable, random32());
  await send('', buyer.operator, 'resolveDispute', receivable, 1, random32());
  await send('', supplier.operator, 'issueCreditNote', receivable, random32());
  await send('', buyer.operator, 'withdrawPayment', receivable, await desk.claim(receivable));
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
  await measureSplits(meter, desk);
  await measureDefaults(meter, desk);
}

/** Parts of a split, and a claim on an order that is taken over. */
async function measureSplits(meter: Meter, desk: Desk): Promise<void> {
  const { receivables } = desk;
  const transferred = await desk.splitting(await desk.confirmed(), { holders: [desk.stranger()] });
  await meter.send('one part', receivables, desk.stranger(), 'split', ...transferred);
  const divided = await desk.splitting(await desk.confirmed());
  await meter.send('two parts', receivables, desk.stranger(), 'split', ...divided);
  const order = await desk.trade.accepted();
  await desk.reserve(order);
  await desk.disburse(order);
  const rolling = await desk.rolling(order, await desk.confirmed([order]));
  await meter.send('', receivables, desk.stranger(), 'rollOver', ...rolling);
}

/** What does not go well, and a lender that is overruled. */
async function measureDefaults(meter: Meter, desk: Desk): Promise<void> {
  const { receivables, trade } = desk;
  const financed = async () => {
    const receivable = await desk.confirmed();
    await desk.reserve(receivable);
    await desk.disburse(receivable);
    return receivable;
  };
  const send = (from: Signer, fn: string, ...args: unknown[]) => meter.send('', receivables, from, fn, ...args);
  const late = await financed();
  const [holder, lender] = [desk.holderOf(late), desk.lenderOf(late)];
  await send(holder, 'recordRegistration', late, random32());
  await send(holder, 'contestDisbursement', late, random32());
  await send(holder, 'markOverdue', late, random32());
  await send(holder, 'markDefaulted', late, random32());
  await send(lender, 'callRecourse', late, random32());
  await send(lender, 'acknowledgeRepurchase', late, random32());
  const lost = await financed();
  await send(desk.lenderOf(lost), 'writeOff', lost, random32(), []);
  const silent = await financed();
  await desk.noticed(silent);
  await send(desk.lenderOf(silent), 'settle', silent, []);
  await send(desk.holderOf(silent), 'demandRelease', silent, random32());
  await trade.pass(10 * DAY + 1);
  const consortium = trade.consortium;
  const proposal = await propose(consortium, 'OVERRULE_LENDER', receivables.address, silent);
  await approve(
    consortium,
    proposal,
    consortium.members.filter(({ chamber }) => chamber !== 0),
  );
  const registry = consortium.registry('MemberRegistry');
  await meter.send('a lender overruled', registry, consortium.members[0]!.operator, 'execute', proposal);
}
