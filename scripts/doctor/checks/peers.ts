import type { Standing } from '../../../node/src/exchange/domain/standing.js';
import { type IndexChecksum, indexChecksum } from '../../../node/src/indexer/chain-checksum.js';
import { AddressRules, PlaceRefused } from '../../../node/src/outbound/index.js';
import { failure, type Finding, ok, warning, wordsOf } from '../finding.js';
import type { Patient } from '../patient.js';
import { askStanding, type Place } from './ask-standing.js';

const CHECK = 'peers';
/** For how long blocks are waited for at which both have looked. */
const MEETING_MS = 20_000;
const CLOCK_SECONDS = 5;

interface Peer extends Place {
  readonly name: string;
}

/** Whether each member's node answers with its registered key, in time, and has derived from the chain what this one has. */
export async function checkPeers(patient: Patient): Promise<Finding[]> {
  const { rows } = await patient.pool.query<Peer>(
    `SELECT member, name, endpoint FROM chain_members
     WHERE endpoint IS NOT NULL AND NOT suspended AND name <> $1 ORDER BY member`,
    [patient.config.member],
  );
  const own = new Map<string, IndexChecksum>();
  let looking: Promise<void> | undefined;
  // One for all peers that wait: it reads every row.
  const look = () =>
    (looking ??= indexChecksum(patient.pool)
      .then((checksum) => void own.set(checksum.block.hash, checksum))
      .finally(() => (looking = undefined)));
  await look();
  return (await Promise.all(rows.map((peer) => examine(patient, peer, own, look)))).flat();
}

type Own = ReadonlyMap<string, IndexChecksum>;

async function examine(patient: Patient, peer: Peer, own: Own, look: () => Promise<void>): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const end = Date.now() + MEETING_MS; ;) {
    const asked = Date.now();
    const standing = await ask(patient, peer);
    if ('verdict' in standing) return [standing];
    const took = Date.now() - asked;
    if (findings.length === 0)
      findings.push(ok(CHECK, `${peer.name} answers with its registered key`), ...clock(peer, standing, asked, took));
    const mine = own.get(standing.block.hash);
    if (mine) return [...findings, compare(peer, standing, mine)];
    if (Date.now() > end) {
      const [at] = [...own.values()].slice(-1);
      const fact = `${peer.name} is at block ${standing.block.number}, this node at ${at?.block.number}: their tables cannot be compared`;
      return [...findings, warning(CHECK, fact, 'one of the two indexes stands still: see index, and ask them')];
    }
    await look();
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

async function ask(patient: Patient, peer: Peer): Promise<Standing | Finding> {
  const { name, endpoint } = peer;
  const { exchangeNetworks: networks, embedded } = patient.config;
  try {
    const { standing } = await askStanding(patient, peer, new AddressRules({ networks, embedded }));
    if (standing) return standing;
  } catch (error) {
    if (error instanceof PlaceRefused)
      return failure(
        CHECK,
        `${name} is registered at ${endpoint}, to which this node sends nothing: ${error.message}`,
        'have them register another endpoint; if it is in a network that is yours too, list that in TRADEPROOF_EXCHANGE_NETWORKS',
      );
    return failure(
      CHECK,
      `${name} does not answer at ${endpoint}: ${wordsOf(error)}`,
      'call them; what is for them waits here',
    );
  }
  const advice = 'somebody else answers there, or they rotated a key this node has not indexed yet: ask them';
  return failure(CHECK, `what answers at ${endpoint} has not the registered key of ${name}`, advice);
}

function clock({ name }: Peer, { time }: Standing, asked: number, took: number): Finding[] {
  const seconds = Math.abs(new Date(time).getTime() - (asked + took / 2)) / 1000;
  if (seconds <= CLOCK_SECONDS + took / 2000) return [];
  const advice = 'set both by NTP: beyond five minutes envelopes are refused';
  return [warning(CHECK, `the clock of ${name} differs by ${Math.round(seconds)} s`, advice)];
}

function compare({ name }: Peer, { block, tables }: Standing, mine: IndexChecksum): Finding {
  const theirs = new Map(tables.map(({ table, sha256 }) => [table, sha256]));
  const names = new Set([...theirs.keys(), ...mine.tables.map(({ table }) => table)]);
  const own = new Map(mine.tables.map(({ table, sha256 }) => [table, sha256]));
  const differing = [...names].filter((table) => theirs.get(table) !== own.get(table)).sort();
  if (differing.length === 0) return ok(CHECK, `${name} has the same ${names.size} tables as of block ${block.number}`);
  return failure(
    CHECK,
    `${name} differs in ${differing.join(', ')} as of block ${block.number}`,
    'ask a third member: who differs from all others rebuilds its index (docs/operations.md, Rebuilding); other releases may differ too',
  );
}
