import { chainChecksum } from '../../node/src/indexer/chain-checksum.js';
import { rpc } from '../../scripts/embedded/rpc.js';
import type { Ledger } from './ledger.js';
import { MEMBERS, type Member } from './schedule.js';
import { strangersOnChain } from './transactions.js';
import type { World } from './world.js';

/** What came out wrong; empty lists when all is well. */
export interface Findings {
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  /** Whatever else must not be: gaps, differing tables, letters that nobody took in. */
  readonly broken: readonly string[];
}

const SETTLES_WITHIN_MS = 120_000;

/** Resolves when nothing is on its way any more. Throws, saying what is, when that takes too long. */
export async function settled(world: World): Promise<void> {
  for (const end = Date.now() + SETTLES_WITHIN_MS; ;) {
    const open = await unsettled(world).catch((error: Error) => [error.message]);
    if (open.length === 0) return;
    if (Date.now() > end) throw new Error(`never at rest: ${open.join('; ')}`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

async function unsettled({ database, anvil }: World): Promise<string[]> {
  const head = await rpc<{ hash: string; number: string }>(anvil.url, 'eth_getBlockByNumber', ['latest', false]);
  const open: string[] = [];
  for (const member of MEMBERS) {
    const [row] = await database.query<{ submissions: number; letters: number; looks: number; behind: number }>(
      member,
      `SELECT (SELECT count(*) FROM submissions WHERE status IN ('QUEUED', 'SENT'))::int AS submissions,
              (SELECT count(*) FROM exchange_outbox WHERE status IN ('WAITING', 'READY'))::int AS letters,
              (SELECT count(*) FROM looks_to_report)::int AS looks,
              (SELECT $1::int8 - number FROM indexer_checkpoint)::int AS behind`,
      [Number(head.number)],
    );
    const { submissions, letters, looks, behind } = row!;
    if (submissions + letters + looks > 0 || behind > 1) open.push(`${member} ${JSON.stringify(row)}`);
  }
  return open;
}

/** Compares what was taken in with what all nodes and the chain itself have; the world is at rest. */
export async function prove(world: World, ledger: Ledger): Promise<Findings> {
  const lost = [...ledger.lost];
  const doubled: string[] = [];
  const broken: string[] = [];
  for (const member of MEMBERS) {
    await compareEvents(world, member, ledger, { lost, doubled });
    lost.push(...(await failedSubmissions(world, member)));
    broken.push(...(await strayLetters(world, member)));
  }
  await compareFinancings(world, ledger, { lost, doubled });
  await compareLooks(world, { lost, doubled });
  const { strangers, gaps } = await strangersOnChain(world);
  doubled.push(...strangers);
  broken.push(...gaps, ...(await differingTables(world)), ...(await doubleClaims(world)));
  return { lost, doubled, broken };
}

type Sides = Pick<{ lost: string[]; doubled: string[] }, 'lost' | 'doubled'>;

/** Each write is one event of its kind, and there is no other. */
async function compareEvents({ database }: World, member: Member, ledger: Ledger, sides: Sides): Promise<void> {
  const rows = await database.query<{ name: string; n: number }>(
    member,
    'SELECT name, count(*)::int AS n FROM chain_events GROUP BY name',
  );
  const found = new Map(rows.map(({ name, n }) => [name, n]));
  for (const [event, wanted] of ledger.counts()) {
    if (/ /.test(event)) continue;
    const n = found.get(event) ?? 0;
    if (n < wanted) sides.lost.push(`${wanted - n} of ${wanted} ${event} at ${member}`);
    if (n > wanted) sides.doubled.push(`${n - wanted} ${event} more than ${wanted} at ${member}`);
  }
  const posted = await database.query<{ id: string }>(
    member,
    `SELECT '0x' || encode(id, 'hex') AS id FROM chain_orders`,
  );
  const ids = new Set(posted.map(({ id }) => id));
  for (const { becomes, id } of ledger.accepted)
    if (becomes === 'OrderPosted' && !ids.has(id)) sides.lost.push(`order ${id} at ${member}`);
}

/** Holder and lender have the same requests, each disbursed or on its way as both say. */
async function compareFinancings({ database }: World, ledger: Ledger, sides: Sides): Promise<void> {
  const wanted = ledger.accepted.filter(({ becomes }) => becomes === 'a request').map(({ id }) => id);
  for (const member of ['supplier-1', 'bank-a'] as const) {
    const rows = await database.query<{ id: string }>(member, `SELECT '0x' || encode(id, 'hex') AS id FROM financings`);
    const ids = new Set(rows.map(({ id }) => id));
    for (const id of wanted) if (!ids.has(id)) sides.lost.push(`financing ${id} at ${member}`);
    if (ids.size > wanted.length) sides.doubled.push(`${ids.size - wanted.length} financings at ${member}`);
  }
}

/** Each look of the bank's is in the log of the supplier, of whose documents all are: once. */
async function compareLooks({ database }: World, sides: Sides): Promise<void> {
  const looks = async (member: Member, what: string) => {
    const rows = await database.query<{ look: string }>(
      member,
      `SELECT concat_ws(' ', encode(grant_id, 'hex'), encode(object, 'hex'), encode(root, 'hex'), outcome, ${what}) AS look
       FROM access_log WHERE grant_id IS NOT NULL AND envelope IS ${member === 'bank-a' ? '' : 'NOT '}NULL`,
    );
    return Map.groupBy(rows, ({ look }) => look);
  };
  const [had, told] = await Promise.all([looks('bank-a', 'at'), looks('supplier-1', 'seen_at::timestamptz')]);
  for (const [look, { length }] of had) {
    const n = told.get(look)?.length ?? 0;
    if (n < length) sides.lost.push(`${length - n} of ${length} looks at supplier-1: ${look}`);
    if (n > length) sides.doubled.push(`${n - length} looks more than ${length} at supplier-1: ${look}`);
  }
  for (const look of told.keys())
    if (!had.has(look)) sides.doubled.push(`a look at supplier-1 that was not had: ${look}`);
}

async function failedSubmissions({ database }: World, member: Member): Promise<string[]> {
  const rows = await database.query<{ act: string; status: string; problem: { code: string } | null }>(
    member,
    `SELECT act, status, problem FROM submissions WHERE status IN ('REFUSED', 'REVERTED')`,
  );
  return rows.map(({ act, status, problem }) => `${act} of ${member} is ${status}: ${problem?.code}`);
}

async function strayLetters({ database }: World, member: Member): Promise<string[]> {
  const rows = await database.query<{ what: string }>(
    member,
    // What came again in letters of its parts is told by those.
    `SELECT 'set aside ' || type || ': ' || coalesce(reason_code, '') AS what FROM exchange_inbox
     WHERE status <> 'HANDLED' AND reason_code IS DISTINCT FROM 'ENVELOPE_IN_PARTS'
     UNION ALL
     SELECT status || ' ' || type || ': ' || coalesce(last_error, '') FROM exchange_outbox
     WHERE status <> 'DELIVERED' OR outcome NOT IN ('HANDLED', 'IN_PARTS')`,
  );
  return rows.map(({ what }) => `${member}: ${what}`);
}

async function differingTables({ database }: World): Promise<string[]> {
  for (let tries = 0; ; tries++) {
    const [first, ...others] = await Promise.all(MEMBERS.map((member) => database.withPool(member, chainChecksum)));
    const differing = others.flatMap((other, i) =>
      first!.filter(({ sha256 }, t) => sha256 !== other[t]!.sha256).map(({ table }) => `${MEMBERS[i + 1]}: ${table}`),
    );
    // A block may fall between two looks.
    if (differing.length === 0 || tries > 20) return differing.map((what) => `differs from core at ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** Rule 1: no receivable is reserved twice without a release in between. */
async function doubleClaims({ database }: World): Promise<string[]> {
  const rows = await database.query<{ object: string; n: number }>(
    'core',
    `SELECT encode(object, 'hex') AS object, count(*)::int AS n FROM chain_events
     WHERE name = 'EncumbranceReserved' GROUP BY object HAVING count(*) > 1`,
  );
  return rows.map(({ object, n }) => `rule 1: ${object} is reserved ${n} times`);
}
