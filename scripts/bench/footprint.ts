import { RunningConsortium } from '../../test/support/running-consortium.js';
import { residentMegabytes } from './process.js';
import type { Measurement } from './result.js';

const IDLE_MS = 15_000;

/** What `npm start` takes once dependencies are installed, and what a node that has nothing to do takes up. */
export const footprint: Measurement = {
  names: ['start.warm', 'idle.rss'],
  async run(say) {
    const consortium = new RunningConsortium();
    try {
      say('starting a consortium ...');
      const fresh = await seconds(() => consortium.start());
      await consortium.stop();
      say('starting it again ...');
      const again = await seconds(() => consortium.start());
      await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
      const value = residentMegabytes(consortium.nodePid('core'));
      return [
        {
          name: 'start.warm',
          value: fresh,
          unit: 's',
          floor: 20,
          note: `seven nodes, new data: deployed, admitted, ready; ${again.toFixed(1)} s on data that is there`,
        },
        {
          name: 'idle.rss',
          value,
          unit: 'MB',
          floor: 250,
          note: `resident, all roles, ${IDLE_MS / 1000} s after it was ready`,
        },
      ];
    } finally {
      await consortium.destroy();
    }
  },
};

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}
