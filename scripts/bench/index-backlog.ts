import { Config } from '../../node/src/config/index.js';
import { createApp } from '../../node/src/create-app.js';
import { IndexHead } from '../../node/src/indexer/index.js';
import { Indexer } from '../../node/src/indexer/indexer.js';

// A node that indexes up to a block, in a process of its own as its peers are, with the flags that nodes run with. Prints `{ms}`,
// from where indexing begins: connections are there, code is loaded and was not run before.

const WITHIN_MS = 600_000;

const app = await createApp(Config.fromEnvironment(process.env));
await app.init();
const started = performance.now();
app.get(Indexer).start();
if (!(await app.get(IndexHead).waitFor(Number(process.argv[2]), WITHIN_MS)))
  throw new Error('the backlog was not indexed in time');
process.stdout.write(JSON.stringify({ ms: performance.now() - started }));
await app.close();
