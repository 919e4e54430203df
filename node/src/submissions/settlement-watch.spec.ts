import type { Config } from '../config/index.js';
import type { IndexHead } from '../indexer/index.js';
import type { OutboxStore } from './outbox-store.js';
import { SettlementWatch } from './settlement-watch.js';

it('that stops lets nobody wait: who asked to wait for an hour is answered before the process is ended hard', async () => {
  const nothingYet = { find: () => Promise.resolve([]) } as unknown as OutboxStore;
  const watch = new SettlementWatch({} as Config, {} as IndexHead, nothingYet);
  const waiting = ['a', 'a', 'b'].map((id) => watch.settled(id, 3_600_000));
  await watch.onModuleDestroy();
  expect(await Promise.all([...waiting, watch.settled('c', 3_600_000)])).toEqual(Array(4).fill(undefined));
});
