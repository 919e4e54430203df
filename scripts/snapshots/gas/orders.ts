import { Batch, bitmapOf } from '../../../test/contracts/orders/batch.js';
import { MILESTONE, type Trade } from '../../../test/contracts/orders/trade.js';
import { random32 } from '../../../test/contracts/support/votes.js';
import { ZeroHash } from 'ethers';
import type { Meter } from './meter.js';

const MANY = 100;

/** An order's life, each entry point at least once, through the proxies and with membership checked. */
export async function measureOrders(meter: Meter, trade: Trade): Promise<void> {
  const { orders, buyer, supplier, carrier } = trade;
  const many = async <T>(make: () => Promise<T>) => Promise.all(Array.from({ length: MANY }, make));
  const share = (fn: string, gas: number) => meter.note(`OrderRegistry.${fn}`, `each of ${MANY}`, gas / MANY);

  const { supplier: to, commitment, tag, expiry } = await trade.posting();
  await meter.send('', orders, buyer.operator, 'post', to, commitment, tag, expiry);
  const posted = await orders.send(buyer.operator, 'postMany', await many(() => trade.posting()));
  share('postMany', posted.gas);
  const ids = posted.events.map(({ args }) => args['order'] as string);
  share('acceptMany', (await orders.send(supplier.operator, 'acceptMany', ids)).gas);

  const order = await trade.post();
  await meter.send('', orders, supplier.operator, 'accept', order);
  await meter.send('', orders, supplier.operator, 'reject', await trade.post(), random32());
  await meter.send('', orders, buyer.operator, 'withdraw', await trade.post());

  const contract = await trade.posting();
  const terms = [contract.supplier, contract.commitment, contract.tag, contract.expiry] as const;
  await meter.send('', orders, buyer.operator, 'postFramework', ...terms);
  await meter.send('', orders, buyer.operator, 'callOff', await trade.framework(), random32(), random32(), expiry);

  const change = random32();
  await meter.send('', orders, buyer.operator, 'proposeChange', order, random32());
  await meter.send('', orders, supplier.operator, 'declineChange', order);
  await orders.send(buyer.operator, 'proposeChange', order, change);
  await meter.send('nothing encumbered', orders, supplier.operator, 'acceptChange', order, 2, change, []);

  await meter.send('', orders, buyer.operator, 'appoint', order, carrier.id, 1 << MILESTONE.DESPATCHED, 0xffff_ffff);
  const record = (circumstance: string, by: typeof buyer, kind: number) =>
    meter.send(circumstance, orders, by.operator, 'record', order, kind, random32(), ZeroHash);
  await record('first', supplier, MILESTONE.PRODUCTION_STARTED);
  await record('next', supplier, MILESTONE.PRODUCTION_COMPLETED);
  await record('appointed', carrier, MILESTONE.DESPATCHED);
  await record('receipt', buyer, MILESTONE.RECEIVED);
  const milestones = await many(async () => ({
    order,
    kind: MILESTONE.IN_TRANSIT,
    commitment: random32(),
    supersedes: ZeroHash,
  }));
  share('recordMany', (await orders.send(supplier.operator, 'recordMany', milestones)).gas);

  const unanswered = await Batch.of(trade, 200);
  await orders.send(buyer.operator, 'postBatch', unanswered.root, unanswered.supplier);
  const unseen = unanswered.showing(unanswered.deepest);
  await meter.send('not answered', orders, buyer.operator, 'materialise', ...unseen);
  for (const size of [200, 1_000]) {
    const batch = await Batch.of(trade, size);
    const { deepest } = batch;
    const bitmap = bitmapOf(size, [deepest]);
    await meter.send(`batch of ${size}`, orders, buyer.operator, 'postBatch', batch.root, batch.supplier);
    await meter.send(`batch of ${size}`, orders, supplier.operator, 'answerBatch', buyer.id, batch.root, bitmap);
    const shown = batch.showing(deepest, bitmap);
    await meter.send(`accepted, batch of ${size}`, orders, buyer.operator, 'materialise', ...shown);
  }

  await meter.send('first side', orders, buyer.operator, 'complete', order);
  await meter.send('second side', orders, supplier.operator, 'complete', order);
  const cancelled = await trade.accepted();
  await meter.send('first side', orders, buyer.operator, 'cancel', cancelled);
  await meter.send('', orders, buyer.operator, 'retract', cancelled);
  await orders.send(buyer.operator, 'cancel', cancelled);
  await meter.send('second side', orders, supplier.operator, 'cancel', cancelled);

  const lapsing = await trade.post();
  await trade.pass(31 * 86_400);
  await meter.send('', orders, buyer.operator, 'expire', lapsing);
}
