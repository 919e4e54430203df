import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import pg from 'pg';
import { migratedDatabase } from '../../../test/support/migrated-database.js';
import type { TestDatabase } from '../../../test/support/postgres.js';
import { HEAD_CHANNEL, moveCheckpoint, NOTHING } from './checkpoint.js';
import type { BlockRef } from './index-head.js';
import { ListeningIndexHead } from './listening-index-head.js';

const block = (number: number): BlockRef => ({ number, hash: `0x${'ab'.repeat(32)}`, timestamp: number });

let database: TestDatabase;
let client: pg.Client;
let slow: Server;
beforeEach(async () => {
  database = await migratedDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await moveCheckpoint(client, NOTHING, block(7));
});
afterEach(async () => {
  slow.close();
  await client.end();
  await database.drop();
});

/** A way to the database on which the checkpoint, once read, arrives together with what is told of it next. */
async function slowWay(onRead: () => unknown): Promise<string> {
  const { hostname, port } = new URL(database.url);
  slow = createServer((near) => {
    const far = connect(Number(port), hostname);
    let held: Buffer[] | null = null;
    for (const socket of [near, far])
      socket.on('error', () => undefined).on('close', () => [near, far].map((s) => s.destroy()));
    near.on('data', (bytes) => {
      if (bytes.includes('FROM indexer_checkpoint')) held = [];
      far.write(bytes);
    });
    far.on('data', (bytes) => {
      if (!held) return void near.write(bytes);
      if (!held.length) onRead();
      held.push(bytes);
      if (!bytes.includes(HEAD_CHANNEL)) return;
      near.write(Buffer.concat(held));
      held = null;
    });
  });
  await once(slow.listen(0, '127.0.0.1'), 'listening');
  const url = new URL(database.url);
  url.host = `127.0.0.1:${(slow.address() as AddressInfo).port}`;
  return url.href;
}

it.each([
  ['a block more', block(8)],
  ['a rewind', block(5)],
])('knows %s that it was told of while the checkpoint was on its way', async (_, next) => {
  let moved: Promise<void> | undefined;
  const head = new ListeningIndexHead(await slowWay(() => (moved = moveCheckpoint(client, block(7), next))));
  await head.open();
  await moved;
  expect(head.current()).toEqual(next);
  await head.close();
});
