// SQD's processor over RPC into PostgreSQL (DB_URL). Argument: a file {rpcUrl, address, topic, from, to}. Prints the
// milliseconds that the work took: its start-up is left out.
const { readFileSync, writeSync } = require('node:fs');
const { event, indexed } = require('@subsquid/evm-abi');
const { bytes32, uint32, uint40 } = require('@subsquid/evm-codec');
const { EvmBatchProcessor } = require('@subsquid/evm-processor');
const { TypeormDatabase } = require('@subsquid/typeorm-store');
const { Order } = require('./lib/model');

const { rpcUrl, address, topic, from, to } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const posted = event(topic, 'OrderPosted(bytes32,uint32,uint32,bytes32,bytes32,uint40)', {
  order: indexed(bytes32),
  buyer: indexed(uint32),
  supplier: indexed(uint32),
  commitment: bytes32,
  tag: bytes32,
  expiry: uint40,
});
const bytes = (hex) => Buffer.from(hex.slice(2), 'hex');
const EMPTY = Buffer.alloc(32);

const processor = new EvmBatchProcessor()
  .setRpcEndpoint({ url: rpcUrl, capacity: 10, maxBatchCallSize: 100 })
  .setFinalityConfirmation(0)
  .setBlockRange({ from, to })
  .addLog({ address: [address.toLowerCase()], topic0: [topic] })
  .setFields({ log: { topics: true, data: true }, block: { timestamp: true } });

const started = performance.now();
processor.run(new TypeormDatabase({ supportHotBlocks: false, projectDir: __dirname }), async ({ blocks, store }) => {
  const orders = [];
  for (const { header, logs } of blocks) {
    const at = Math.floor(header.timestamp / 1000);
    for (const log of logs) {
      const { order, buyer, supplier, commitment, tag, expiry } = posted.decode(log);
      orders.push(
        new Order({
          id: bytes(order),
          buyer,
          supplier,
          status: 'POSTED',
          version: 1,
          cover_version: 0,
          commitment: bytes(commitment),
          first_commitment: bytes(commitment),
          tag: bytes(tag),
          expiry,
          encumbered: false,
          encumbered_descendants: 0,
          head: EMPTY,
          entries: 0,
          posted_block: header.height,
          posted_log: log.logIndex,
          posted_at: at,
          changed_block: header.height,
          changed_at: at,
        }),
      );
    }
  }
  await store.insert(orders);
});
process.once('exit', () => writeSync(1, JSON.stringify({ ms: performance.now() - started })));
