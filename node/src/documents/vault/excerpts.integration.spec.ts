import { DataSource } from 'typeorm';
import { Excerpts1795915000001 } from '../../../migrations/1795915000001-excerpts.js';
import { testDatabase, type TestDatabase } from '../../../../test/support/postgres.js';
import { UnitOfWork } from '../../database/index.js';
import { commit, DisclosedDocuments, newSeed } from '../index.js';
import { Excerpts } from './excerpts.js';
import { nodeKeysOf } from './node-keys.js';
import { SealedTables } from './sealed-tables.js';
import { VaultCipher } from './vault-cipher.js';

const KEY = `0x${'4e'.repeat(32)}` as const;
const [CLAIM, OTHER] = [`0x${'0d'.repeat(32)}`, `0x${'0e'.repeat(32)}`] as const;
const commitment = commit(
  ['/kind', '/amount', '/lines/0/item'].map((path) => ({ path, value: `the ${path}` })),
  newSeed(),
);
const { root } = commitment;
const excerpt = { root, object: CLAIM, kind: 'CREDIT_NOTE', disclosure: commitment.disclose(['/amount']) };

describe('Excerpts', () => {
  let database: TestDatabase;
  let source: DataSource;
  let excerpts: Excerpts;
  const tables = new SealedTables();
  const disclosed = new DisclosedDocuments();

  beforeAll(async () => {
    database = await testDatabase();
    source = new DataSource({ type: 'postgres', url: database.url, migrations: [Excerpts1795915000001] });
    await source.initialize();
    await source.runMigrations();
    excerpts = new Excerpts(new UnitOfWork(source), new VaultCipher(nodeKeysOf(KEY)), tables, disclosed);
  });

  afterAll(async () => {
    await source?.destroy();
    await database?.drop();
  });

  beforeEach(() => source.query('TRUNCATE excerpts'));

  it('are what others disclosed, of their own object alone, and let nobody see that otherwise', async () => {
    expect([await excerpts.keep(excerpt), await excerpts.keep(excerpt)]).toEqual([true, false]);
    const elsewhere = { root, object: OTHER };
    expect(await disclosed.at([{ root, object: CLAIM }, elsewhere])).toEqual([excerpt]);
    expect(await disclosed.at([elsewhere])).toEqual([]);
    expect(await disclosed.readable([CLAIM])).toEqual([]);
  });

  it('are many looked up at once', async () => {
    await excerpts.keep(excerpt);
    const more = Array.from({ length: 9 }, (_, i) => ({ root: `0x${`0${i}`.repeat(32)}` as const, object: CLAIM }));
    expect(await excerpts.at([...more, excerpt])).toEqual([excerpt]);
  });

  it('lie sealed, and stand in for no other', async () => {
    await excerpts.keep(excerpt);
    const [row] = await source.query<{ payload: Buffer }[]>('SELECT payload FROM excerpts');
    expect(row!.payload.toString()).not.toContain('the /amount');
    await source.query(`UPDATE excerpts SET kind = 'INVOICE'`);
    await expect(excerpts.at([excerpt])).rejects.toThrow();
  });

  it('are wrapped anew with all that is sealed', async () => {
    await excerpts.keep(excerpt);
    expect(await Promise.all(tables.all().map((table) => table.use()))).toEqual([
      [expect.objectContaining({ rows: 1, unreadable: 0 })],
    ]);
  });

  it('once erased, are not taken in again', async () => {
    await excerpts.keep(excerpt);
    expect(await excerpts.erase(OTHER)).toEqual([]);
    expect(await excerpts.isErased(excerpt)).toBe(false);
    expect(await excerpts.erase(CLAIM)).toEqual([root]);
    const elsewhere = { root, object: OTHER };
    expect([await excerpts.isErased(excerpt), await excerpts.isErased(elsewhere)]).toEqual([true, false]);
    expect(await excerpts.keep(excerpt)).toBe(false);
    expect(await excerpts.at([excerpt])).toEqual([]);
    expect(await source.query('SELECT 1 FROM excerpts WHERE payload IS NOT NULL OR wrapped_key IS NOT NULL')).toEqual(
      [],
    );
  });
});
