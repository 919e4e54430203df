import { fileURLToPath } from 'node:url';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { load } from './load.js';
import { BenchNodes } from './nodes.js';
import { inParallel, order } from './orders.js';
import { against, type Measurement, median, spread } from './result.js';

const ROUNDS = 3;
const SECONDS = 4;
const CONNECTIONS = 32;
/** Read in turn: were it one, all who ask at once would be told of the same row. */
const ORDERS = 200;

/** Reading orders of the registry one by one, authenticated, beside Fastify with the same rows and nothing else. */
export const reads: Measurement = {
  names: ['reads.registry'],
  async run(say) {
    const entry = fileURLToPath(new URL('./bare-fastify.js', import.meta.url));
    say('starting two nodes ...');
    const nodes = await BenchNodes.start(['core', 'supplier-1']);
    try {
      const core = nodes.member('core');
      const post = () => core.call('POST', '/v1/orders?supplier=supplier-1', { body: order(), wait: 20 });
      const made = await inParallel(Array.from({ length: ORDERS }), 16, post);
      const peer = spawn(process.execPath, [entry, nodes.databaseUrl('core')], {
        stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
      });
      const [port] = (await once(peer.stdout!, 'data')) as [Buffer];
      const ours: number[] = [];
      const theirs: number[] = [];
      const headers = { authorization: `Bearer ${core.member.apiKey}` };
      for (let round = 0; round < ROUNDS; round++) {
        say(`round ${round + 1} of ${ROUNDS}`);
        const measure = (place: string, more = {}) => {
          const urls = made.map(({ body }) => `${place}/${String(body['id'])}`);
          return load({ urls, headers: more, connections: CONNECTIONS, seconds: SECONDS });
        };
        const peers = await measure(`http://127.0.0.1:${String(port).trim()}/orders`);
        const mine = await measure(`${core.member.url}/v1/registry/orders`, headers);
        const failures = peers.failures + mine.failures;
        if (failures > 0) throw new Error(`${failures} reads were not answered with 200`);
        theirs.push(peers.perSecond);
        ours.push(mine.perSecond);
      }
      peer.disconnect();
      const value = median(ours);
      const note = `${CONNECTIONS} connections, ${ORDERS} orders in turn; ours with authentication, limits and headers; ${spread(ours)}`;
      return [
        {
          name: 'reads.registry',
          value,
          unit: 'reads/s',
          ...against('bare Fastify', value, median(theirs)),
          floor: 0.85,
          note,
        },
      ];
    } finally {
      await nodes.stop();
    }
  },
};
