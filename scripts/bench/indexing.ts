import { rpc } from '../embedded/rpc.js';
import { type Indexed, requireEqual } from './indexed-rows.js';
import { byPonder, bySqd, byTheNode, PONDER_DATABASE, withBench } from './indexers.js';
import { against, type Measurement, median, type Result, spread } from './result.js';

const EVENTS = 200_000;
const ROUNDS = 3;
const MILLION = 1_000_000;
/** Ponder takes the last thirty blocks for not yet final, and follows them one by one. */
const UNTIL_FINAL = 40;

/** A backlog into the node's own tables: headers checked, projections applied, one transaction with the checkpoint. */
export const indexing: Measurement = {
  names: ['index.sqd', 'index.ponder'],
  async run(say) {
    say(`making a backlog of ${EVENTS} events ...`);
    return withBench(EVENTS, 50, async (bench) => {
      const { postgres, backlog } = bench;
      await rpc(backlog.chain.url, 'anvil_mine', [`0x${UNTIL_FINAL.toString(16)}`]);
      say('Ponder fetches the chain, at its own rate ...');
      const cold = await byPonder(bench, 'cold');
      const [ours, sqd, ponder]: number[][] = [[], [], []];
      for (let round = 1; round <= ROUNDS; round++) {
        say(`round ${round} of ${ROUNDS}`);
        sqd!.push(await bySqd(bench, `sqd_${round}`));
        ours!.push(await byTheNode(bench, `node_${round}`));
        ponder!.push(await byPonder(bench, `round_${round}`));
        await requireEqual(postgres, EVENTS, [
          own(`node_${round}`),
          own(`sqd_${round}`),
          { database: PONDER_DATABASE, schema: `round_${round}` },
        ]);
      }
      const value = median(ours!);
      const note = `${EVENTS} events, blocks of 50, fsync on, orders' rows equal by hash; ours keeps each event and checks headers beside; ${spread(ours!)}`;
      const result = (name: string, [peer, rates, floor, more]: [string, number[], number, string]): Result => ({
        ...{ name, value, unit: 'events/s', floor },
        ...against(peer, value, median(rates)),
        note: `${note}; the peer's ${spread(rates)}${more}`,
      });
      return [
        result('index.sqd', ['SQD 1.27', sqd!, 4, '']),
        result('index.ponder', ['Ponder 0.16.10, warm', ponder!, 2, `, ${Math.round(cold)} events/s cold`]),
      ];
    });
  },
};

/** Everything that a node derives from the chain, from nothing. */
export const rebuilding: Measurement = {
  names: ['rebuild.million'],
  async run(say) {
    say('making a backlog of a million events ...');
    return withBench(MILLION, 500, async (bench) => {
      say('indexing it ...');
      const value = MILLION / (await byTheNode(bench, 'node'));
      await requireEqual(bench.postgres, MILLION, [own('node')]);
      const note = 'blocks of 500, once, fsync on';
      return [{ name: 'rebuild.million', value, unit: 's', floor: 15, note }];
    });
  },
};

const own = (database: string): Indexed => ({ database, schema: 'public' });
