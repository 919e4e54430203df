import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { Proofs1795389000000 } from '../../../migrations/1795389000000-proofs.js';
import { testConfig } from '../../../../test/support/config.js';
import { testDatabase, type TestDatabase } from '../../../../test/support/postgres.js';
import type { ChainClient } from '../../chain/index.js';
import type { FollowedDeployment } from '../queries/followed-deployment.js';
import { UnitOfWork } from '../../database/index.js';
import { decodeHeader } from '../../kernel/block-header.js';
import { type Hex, toBytes } from '../../kernel/hex.js';
import { HeaderSource } from '../queries/header-source.js';
import { NodeTrust } from '../queries/node-trust.js';
import { ValidatorChangeStore } from '../storage/validator-change.store.js';
import { requireFinal } from '../verify/qbft/finality.js';
import { readHeader } from '../verify/qbft/sealed-header.js';
import { trimmed } from '../verify/qbft/trim-seals.js';
import { sealedHeader, validator, type Validator, validators } from '../verify/testing/qbft-chain.js';
import { trustWith } from '../verify/testing/sealed-bundle.js';
import type { TrustFile } from '../verify/trust/schema.js';
import { FollowValidators } from './follow-validators.js';

const FIRST = 100;
const six = validators(6);
const newcomer = validator(6);
const five = six.filter(({ address }) => address !== newcomer.address);
const [leaver] = five;
const without = six.filter(({ address }) => address !== leaver!.address);
/** One fewer than at the checkpoint. */
const four = five.slice(1);

interface Link {
  readonly set: readonly Validator[];
  readonly sealers?: readonly Validator[];
}

/** Headers from block 100 on, each linked to the one before. */
function chainOf(links: readonly Link[]): Hex[] {
  const headers: Hex[] = [];
  for (const { set, sealers } of links) {
    const before = headers.at(-1);
    const parentHash = before && readHeader(before)!.hash;
    headers.push(sealedHeader({ number: FIRST + headers.length, set, sealers, parentHash }));
  }
  return headers;
}

const repeat = (count: number, link: Link): Link[] => Array.from({ length: count }, () => link);

describe('FollowValidators', () => {
  const dir = mkdtempSync(join(tmpdir(), 'tradeproof-trust-'));
  let database: TestDatabase;
  let source: DataSource;
  let asked: number;

  beforeAll(async () => {
    database = await testDatabase();
    source = new DataSource({ type: 'postgres', url: database.url, migrations: [Proofs1795389000000] });
    await source.initialize();
    await source.runMigrations();
  });
  afterAll(async () => {
    await source?.destroy();
    await database?.drop();
    rmSync(dir, { recursive: true });
  });
  beforeEach(() => source.query('TRUNCATE validator_changes'));

  /** A node over these headers, pinned at block 100 with five validators. */
  function node(headers: readonly Hex[]) {
    asked = 0;
    const batch = (requests: readonly { readonly params: readonly unknown[] }[]): Promise<unknown[]> => {
      asked += requests.length;
      const numbers = requests.map(({ params }) => Number(params[0]));
      return Promise.resolve(
        numbers.map((number) => {
          const rlp = headers[number - FIRST];
          return rlp ? { ...decodeHeader(toBytes(rlp)), hash: readHeader(rlp)!.hash } : null;
        }),
      );
    };
    const chain = { batch } as unknown as ChainClient;
    const trustFile = join(dir, 'trust.json');
    const base = JSON.parse(readFileSync('docs/spec/vectors/bundles/trust.json', 'utf8')) as TrustFile;
    writeFileSync(trustFile, JSON.stringify(trustWith(base, five, FIRST)));
    const store = new ValidatorChangeStore(new UnitOfWork(source));
    const source_ = new HeaderSource(chain);
    const config = testConfig({ databaseUrl: database.url, trustFile });
    const trust = new NodeTrust(config, {} as FollowedDeployment, chain, source_, store);
    return { trust, store, follow: new FollowValidators(trust, source_, store) };
  }

  const headers = chainOf([
    ...repeat(20, { set: five }),
    { set: six, sealers: [...five.slice(0, 3), newcomer] }, // block 120: three of the old five, four are needed
    { set: six, sealers: five },
    ...repeat(8, { set: six }),
    ...repeat(40, { set: without }), // from block 130 on
  ]);
  const pinned = async ({ trust }: ReturnType<typeof node>): Promise<number> => (await trust.file()).checkpoint.number;

  it('moves the checkpoint on once the old quorum has sealed the new set, and not before', async () => {
    const made = node(headers);
    for (const [block, expected] of [
      [119, 100],
      [120, 100],
      [121, 121],
      [125, 121],
    ] as const) {
      await made.follow.upTo(block);
      expect(await pinned(made)).toBe(expected);
    }
    const { checkpoint, earlier } = await made.trust.file();
    expect(earlier?.map(({ number }) => number)).toEqual([100]);
    expect(checkpoint.validators.find(({ address }) => address === newcomer.address)?.owner).toBe(
      'not named; joined at block 120',
    );
    expect(checkpoint.validators.find(({ address }) => address === five[0]!.address)?.owner).toBe('Validator 1 Ltd');
  });

  it('follows several changes at once by halving, and keeps them over a restart', async () => {
    await node(headers).follow.upTo(165);
    expect(asked).toBeLessThan(200);
    const restarted = node(headers);
    await Promise.all([restarted.follow.upTo(165), restarted.follow.upTo(165)]);
    const changes = await restarted.store.after(FIRST);
    expect(changes.map(({ headers: of }) => of.length)).toEqual([2, 1]);
    expect(await pinned(restarted)).toBe(130);
    const { checkpoints } = await restarted.trust.current();
    const lineage = changes.map(({ headers: of }) => of.map((rlp) => readHeader(rlp)!));
    const head = readHeader(trimmed(headers[65]!))!;
    // Whoever is still at the first checkpoint, and whoever has moved on, both come to the same block.
    for (const known of [checkpoints.slice(0, 1), checkpoints])
      expect(requireFinal(head, lineage, known).sealers).toHaveLength(4);
  });

  it('follows a change that was undone, since whoever verifies may have pinned a block in between', async () => {
    const undone = chainOf([...repeat(20, { set: five }), ...repeat(10, { set: four }), ...repeat(150, { set: five })]);
    const late = node(undone);
    await late.follow.upTo(279);
    const changes = await late.store.after(FIRST);
    expect(changes).toHaveLength(2);
    const lineage = changes.map(({ headers: of }) => of.map((rlp) => readHeader(rlp)!));
    const head = readHeader(trimmed(undone[175]!))!;
    const between = { number: 125, hash: readHeader(undone[25]!)!.hash, validators: four.map((each) => each.address) };
    expect(requireFinal(head, lineage, [between]).sealers).toHaveLength(4);
    const before = asked;
    await late.follow.upTo(279);
    expect(asked - before).toBe(0);
  });

  it('leaves out one that was undone before the old quorum had sealed it', async () => {
    const short = { set: six, sealers: [...five.slice(0, 3), newcomer] };
    const made = node(
      chainOf([...repeat(20, { set: five }), short, ...repeat(30, { set: five }), ...repeat(100, { set: four })]),
    );
    await made.follow.upTo(249);
    expect((await made.store.after(FIRST)).map(({ headers: of }) => of.length)).toEqual([1]);
    expect((await made.trust.file()).checkpoint.validators.map(({ address }) => address)).toEqual(
      four.map(({ address }) => address),
    );
  });

  it('leaves out one that was undone while too few of those of in between sealed, which would be in the way of all after', async () => {
    const joined = { set: [...four, newcomer], sealers: four };
    const back = repeat(100, { set: four, sealers: four.slice(0, 3) });
    const made = node(
      chainOf([...repeat(20, { set: five }), ...repeat(24, { set: four }), ...repeat(6, joined), ...back]),
    );
    await made.follow.upTo(249);
    expect((await made.store.after(FIRST)).map(({ checkpoint }) => checkpoint.validators.length)).toEqual([4]);
    await made.follow.upTo(249);
  });

  it('builds on no change that another process found otherwise', async () => {
    const made = node(headers);
    await made.follow.upTo(125);
    const [kept] = await made.store.after(FIRST);
    expect(await made.store.keep(FIRST, kept!)).toBe(true);
    const other = { ...kept!, checkpoint: { ...kept!.checkpoint, number: 130 } };
    expect(await made.store.keep(FIRST, other)).toBe(false);
    expect(await made.store.after(FIRST)).toEqual([kept]);
  });

  it('refuses a chain that its checkpoint does not lead to', async () => {
    const refusals: [readonly Validator[], readonly Validator[] | undefined, string][] = [
      [validators(7), undefined, 'LINEAGE_LEAP'],
      [six, [...five.slice(0, 3), newcomer], 'OLD_QUORUM_MISSING'], // for as long as anybody looks
    ];
    for (const [set, sealers, code] of refusals) {
      const made = node(chainOf([...repeat(5, { set: five }), ...repeat(70, { set, sealers })]));
      await expect(made.follow.upTo(174)).rejects.toMatchObject({ code });
      expect(await pinned(made)).toBe(FIRST);
    }
    const silent = node(headers.slice(0, 3));
    await expect(silent.follow.upTo(110)).rejects.toMatchObject({ code: 'PROOF_UNAVAILABLE' });
  });
});
