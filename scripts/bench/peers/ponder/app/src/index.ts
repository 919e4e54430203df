import { ponder } from 'ponder:registry';
import { chainOrders } from 'ponder:schema';

const EMPTY = `0x${'00'.repeat(32)}` as const;

ponder.on('OrderRegistry:OrderPosted', async ({ event, context }) => {
  const { order, buyer, supplier, commitment, tag, expiry } = event.args;
  const block = Number(event.block.number);
  const at = Number(event.block.timestamp);
  await context.db.insert(chainOrders).values({
    id: order,
    buyer,
    supplier,
    status: 'POSTED',
    version: 1,
    cover_version: 0,
    commitment,
    first_commitment: commitment,
    tag,
    expiry,
    encumbered: false,
    encumbered_descendants: 0,
    head: EMPTY,
    entries: 0,
    posted_block: block,
    posted_log: event.log.logIndex,
    posted_at: at,
    changed_block: block,
    changed_at: at,
    posted_position: 0,
    type: 'ORDER',
  });
});
