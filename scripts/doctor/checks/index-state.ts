import { Contracts, LogDecoder } from '../../../node/src/chain/index.js';
import { readCheckpoint } from '../../../node/src/indexer/checkpoint.js';
import { failure, type Finding, ok, warning } from '../finding.js';
import type { Patient } from '../patient.js';

const CHECK = 'index';
const TOLERATED_BLOCKS = 3;
/** So many of the last indexed blocks are read from the chain again. */
const COMPARED_BLOCKS = 500;

/** Whether the index is where the chain is, on the same chain, with the events that the chain has. */
export async function checkIndex({ pool, chain, deployment }: Patient): Promise<Finding[]> {
  const [at, head] = [await readCheckpoint(pool), await chain.head()];
  if (at.number < 0) return [warning(CHECK, 'nothing is indexed yet', 'start a process with the role indexer')];
  const behind = head.number - at.number;
  const findings = [
    behind <= TOLERATED_BLOCKS
      ? ok(CHECK, `block ${at.number} of ${head.number} is indexed`)
      : failure(
          CHECK,
          `the index is ${behind} blocks behind`,
          'is a process with the role indexer running? its log and tradeproof_index_failing say why it cannot go on',
        ),
  ];
  const block = await chain.block(at.number);
  if (block?.hash !== at.hash) {
    const advice =
      'under QBFT blocks are final: is the endpoint another chain, or restored from a backup? Do not serve proofs';
    return [...findings, failure(CHECK, `the chain has another block ${at.number} than was indexed`, advice)];
  }
  const from = Math.max(deployment.startBlock, at.number - COMPARED_BLOCKS + 1);
  return [...findings, await compare({ pool, chain, deployment }, from, at.number)];
}

type Parts = Pick<Patient, 'pool' | 'chain' | 'deployment'>;

async function compare({ pool, chain, deployment }: Parts, from: number, to: number): Promise<Finding> {
  const decoder = new LogDecoder(new Contracts(deployment));
  const wanted = new Map<string, string>();
  for (let start = from; start <= to;) {
    const { blocks, logs } = await chain.rangeInBulk(start, to);
    const byNumber = new Map(blocks.map((block) => [block.number, block]));
    for (const log of logs) {
      const { block, logIndex, event } = decoder.decode(log, byNumber.get(Number(log.blockNumber))!);
      wanted.set(`${block}/${logIndex}`, event.name);
    }
    start = blocks.at(-1)!.number + 1;
  }
  const { rows } = await pool.query<{ place: string; name: string }>(
    `SELECT block || '/' || log_index AS place, name FROM chain_events WHERE block BETWEEN $1 AND $2`,
    [from, to],
  );
  const found = new Map(rows.map(({ place, name }) => [place, name]));
  const lost = [...wanted].filter(([place, name]) => found.get(place) !== name);
  const made = [...found].filter(([place]) => !wanted.has(place));
  if (lost.length + made.length === 0)
    return ok(CHECK, `${wanted.size} events of blocks ${from} to ${to} are as the chain has them`);
  const [place, name] = (lost[0] ?? made[0])!;
  return failure(
    CHECK,
    `${lost.length} events are missing and ${made.length} too many, such as ${name} at ${place}`,
    'somebody wrote to the tables: find out who, then rebuild the index with --retell (docs/operations.md, Rebuilding)',
  );
}
