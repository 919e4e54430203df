import { fileURLToPath } from 'node:url';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RunningConsortium } from '../../test/support/running-consortium.js';
import { load } from './load.js';
import { order } from './orders.js';
import { against, type Measurement, median } from './result.js';

const ROUNDS = 3;
const SECONDS = 4;
const CONNECTIONS = 32;

/** Reading one order of the registry, authenticated, beside Fastify with the same row and nothing else. */
export const reads: Measurement = {
  names: ['reads.registry'],
  async run(say) {
    const consortium = new RunningConsortium();
    const entry = fileURLToPath(new URL('./bare-fastify.js', import.meta.url));
    try {
      say('starting a consortium ...');
      await consortium.start();
      const core = consortium.member('core');
      const { body } = await core.post('/v1/orders?supplier=supplier-1', order());
      const id = String(body['id']);
      const peer = spawn(process.execPath, [entry, databaseOf(consortium, 'core')], {
        stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
      });
      const [port] = (await once(peer.stdout!, 'data')) as [Buffer];
      const ours: number[] = [];
      const theirs: number[] = [];
      const headers = { authorization: `Bearer ${core.member.apiKey}` };
      for (let round = 0; round < ROUNDS; round++) {
        say(`round ${round + 1} of ${ROUNDS}`);
        const measure = (url: string, more = {}) =>
          load({ urls: [url], headers: more, connections: CONNECTIONS, seconds: SECONDS });
        theirs.push((await measure(`http://127.0.0.1:${String(port).trim()}/orders/${id}`)).perSecond);
        const mine = await measure(`${core.member.url}/v1/registry/orders/${id}`, headers);
        if (mine.failures > 0) throw new Error(`${mine.failures} reads were not answered with 200`);
        ours.push(mine.perSecond);
      }
      peer.disconnect();
      const value = median(ours);
      const note = `median of ${ROUNDS} rounds of ${SECONDS} s, ${CONNECTIONS} connections; ours with authentication and six idle nodes beside`;
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
      await consortium.destroy();
    }
  },
};

function databaseOf(consortium: RunningConsortium, name: string): string {
  const password = readFileSync(join(consortium.dir, 'postgres', 'password'), 'utf8').trim();
  const [port] = JSON.parse(readFileSync(join(consortium.dir, 'ports.json'), 'utf8')) as number[];
  return `postgres://tradeproof:${password}@127.0.0.1:${port}/tradeproof_${name.replaceAll('-', '_')}`;
}
