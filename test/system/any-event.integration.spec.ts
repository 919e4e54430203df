import { randomBytes } from 'node:crypto';
import { globSync } from 'node:fs';
import { Interface, type ParamType } from 'ethers';
import type pg from 'pg';
import { type Block, Contracts, LogDecoder, type Range } from '../../node/src/chain/index.js';
import { openPool } from '../../node/src/database/index.js';
import { Applier } from '../../node/src/indexer/applier.js';
import { type ChainTableShape, type ColumnType } from '../../node/src/indexer/chain-table.js';
import { NOTHING } from '../../node/src/indexer/checkpoint.js';
import { copied, copyIn } from '../../node/src/indexer/copy-in.js';
import { type Projection, ProjectionRegistry } from '../../node/src/indexer/index.js';
import { loadRowsFrom } from '../../node/src/indexer/load-rows.js';
import { rewindTo } from '../../node/src/indexer/rewind.js';
import { RowCache } from '../../node/src/indexer/row-cache.js';
import { writeBatch } from '../../node/src/indexer/write-batch.js';
import { CONTRACT_NAMES } from '../../node/src/kernel/contract-events.generated.js';
import { type Hex, toHex } from '../../node/src/kernel/hex.js';
import { builtContract } from '../../scripts/lib/artifacts.js';
import { migratedDatabase } from '../support/migrated-database.js';
import type { TestDatabase } from '../support/postgres.js';

type Row = Readonly<Record<string, unknown>>;

/** Members and their keys have numbers one after the other, each at the price of a vote or a transaction. */
const COUNTED = 2n ** 31n - 1n;
/** A block number or a time that has come, with a constant wait at most, or a sum of counters of 32 bits. */
const NEVER_PASSED = BigInt(Number.MAX_SAFE_INTEGER);
/** Where a contract sees to it that an argument never is as great as its type allows, whoever calls. */
const GREATEST: Readonly<Record<string, bigint>> = {
  'MemberRegistry.member': COUNTED,
  'MemberRegistry.proposer': COUNTED,
  'MemberRegistry.number': COUNTED,
  'MemberRegistry.chamberSizes': COUNTED,
  'MemberRegistry.inDoubtFrom': NEVER_PASSED,
  'MemberRegistry.votingEnds': NEVER_PASSED,
  'MemberRegistry.executableAt': NEVER_PASSED,
  'ReceivableRegistry.coverVersion': NEVER_PASSED,
  'EvidenceAnchor.member': COUNTED,
  // The last ones of enumerations.
  'ReceivableRegistry.state': 4n,
  'ReceivableRegistry.kind': 2n,
};

/** `Names.sol` lets no other names pass, and no longer ones. */
const LONGEST_NAME = 'z'.repeat(32);
/** More than an index of PostgreSQL takes for a value, none of which compresses. */
const LONG = 20_000;
const MANY = 300;

/** As much as `type` can hold; `name` says of which argument of which contract. */
function greatest(type: ParamType, name: string): unknown {
  if (type.isArray()) {
    const length = type.arrayLength! > 0 ? type.arrayLength! : MANY;
    return Array.from({ length }, () => greatest(type.arrayChildren, name));
  }
  if (type.baseType === 'bool') return true;
  if (name === 'MemberRegistry.name') return LONGEST_NAME;
  if (type.baseType === 'string') return `\0"\\{}\t\n\r\\N\\.'😀${randomBytes(LONG).toString('base64')}`;
  if (type.baseType === 'bytes') return toHex(randomBytes(LONG));
  if (type.baseType === 'address') return toHex(randomBytes(20));
  const size = Number(/\d+$/.exec(type.baseType)![0]);
  if (type.baseType.startsWith('bytes')) return toHex(randomBytes(size));
  const [most, allowed] = [2n ** BigInt(size) - 1n, GREATEST[name]];
  return allowed !== undefined && allowed < most ? allowed : most;
}

/** What an event may find in a row that it changes: nothing remarkable. */
const ORDINARY: Readonly<Record<ColumnType, unknown>> = {
  ...{ bytea: `0x${'0a'.repeat(32)}`, 'bytea[]': [], int4: 1, 'int4[]': [1, 1, 1], int8: 1, text: 'x', bool: false },
  jsonb: {},
};
const ordinary = ({ columns }: ChainTableShape, key: Row): Row => ({
  ...Object.fromEntries(Object.entries(columns).map(([name, type]) => [name, ORDINARY[type]])),
  ...key,
});

const hash = (): Hex => toHex(randomBytes(32));
const block = { number: 7, hash: hash(), timestamp: 1_795_000_000 } as Block;
const contracts = new Contracts({
  contracts: Object.fromEntries(CONTRACT_NAMES.map((name) => [name, { address: toHex(randomBytes(20)) }])),
} as never);
const decoder = new LogDecoder(contracts);

const events = CONTRACT_NAMES.flatMap((contract) => {
  const abi = new Interface(builtContract(contract).abi);
  const declared = abi.fragments.filter(({ type }) => type === 'event');
  return declared.map((each) => ({ contract, abi, fragment: abi.getEvent(each.format())! }));
});

/** A block with one event whose every argument is as great as it can be. */
function rangeWith({ contract, abi, fragment }: (typeof events)[number]): Range {
  const values = fragment.inputs.map((input) => greatest(input, `${contract}.${input.name}`));
  const { topics, data } = abi.encodeEventLog(fragment, values) as { topics: Hex[]; data: Hex };
  const place = { blockNumber: '0x7', blockHash: block.hash, transactionHash: hash(), logIndex: '0x7fffffff' } as const;
  return { blocks: [block], logs: [{ address: contracts.address(contract), topics, data, ...place }] };
}

const registry = new ProjectionRegistry();
let database: TestDatabase;
let pool: pg.Pool;
let client: pg.PoolClient;

beforeAll(async () => {
  for (const file of globSync('node/src/*/projection/on-*.ts')) {
    const module = (await import(`../../${file.replace(/ts$/, 'js')}`)) as Record<string, Projection>;
    for (const projection of Object.values(module)) registry.add(projection);
  }
  database = await migratedDatabase();
  pool = openPool({ connectionString: database.url, max: 2 });
  client = await pool.connect();
});
afterAll(async () => {
  client.release();
  await pool.end();
  await database.drop();
});

const rowsOf = async ({ name }: ChainTableShape) =>
  (await client.query<object>(`SELECT * FROM ${name} t ORDER BY t`)).rows;

it.each(events.map((event) => [`${event.contract}.${event.fragment.name}`, event] as const))(
  '%s can say nothing that the tables do not take, by COPY or UPDATE, nor give back in a rewind',
  async (_, event) => {
    const range = rangeWith(event);
    const record = decoder.decode(range.logs[0]!, block);
    const touched = registry.of(record.event.name).flatMap((projection) => projection.touches(record));
    for (const { table, key } of touched)
      await copyIn(client, table.name, table.columns, copied(table.columns, [ordinary(table, key)]));
    const before = await Promise.all(touched.map(({ table }) => rowsOf(table)));

    const applier = new Applier(decoder, registry, new RowCache(loadRowsFrom(pool), false));
    const batch = await applier.apply(range, NOTHING, 0);
    await writeBatch(client, batch, Promise.resolve());
    const { changes } = await batch.outcome;
    await rewindTo(client, batch.to, NOTHING);
    expect(await Promise.all(touched.map(({ table }) => rowsOf(table)))).toEqual(before);

    // As they come in with the batch that made them.
    for (const { table, updates } of changes) {
      await client.query(`TRUNCATE ${table.name}`);
      await copyIn(client, table.name, table.columns, copied(table.columns, updates));
      expect(await rowsOf(table)).toHaveLength(updates.length);
      await client.query(`TRUNCATE ${table.name}`);
    }
    for (const { table } of touched) await client.query(`TRUNCATE ${table.name}`);
  },
);
