import { DataSource } from 'typeorm';
import { Documents1795384000001 } from '../../../migrations/1795384000001-documents.js';
import { testDatabase, type TestDatabase } from '../../../../test/support/postgres.js';
import { UnitOfWork } from '../../database/index.js';
import { commit, commitmentFields, importDocument, newSeed, type TradeDocument } from '../index.js';
import { DocumentVault } from './document-vault.js';
import { VaultCipher } from './vault-cipher.js';

const ORDER = `0x${'0d'.repeat(32)}` as const;
const KEY = `0x${'4e'.repeat(32)}` as const;

function order(number: string): TradeDocument {
  const json = { kind: 'ORDER', number, issueDate: '2026-11-01', currency: 'EUR', amount: '5.00', secret: 'Ж' };
  return importDocument(Buffer.from(JSON.stringify(json)), 'application/json');
}

function entryOf(document: TradeDocument, version = 1) {
  const tag = `0x${'aa'.repeat(32)}` as const;
  const binding = version === 1 ? { version, tag } : { version, orders: [ORDER], previousRoot: tag };
  const fields = commitmentFields(document, binding);
  const seed = newSeed();
  return { object: ORDER, version, seed, fields, root: commit(fields, seed).root };
}

describe('DocumentVault', () => {
  let database: TestDatabase;
  let source: DataSource;
  let unit: UnitOfWork;
  let vault: DocumentVault;

  beforeAll(async () => {
    database = await testDatabase();
    source = new DataSource({ type: 'postgres', url: database.url, migrations: [Documents1795384000001] });
    await source.initialize();
    await source.runMigrations();
    unit = new UnitOfWork(source);
    vault = new DocumentVault(unit, new VaultCipher(KEY));
  });

  afterAll(async () => {
    await source.destroy();
    await database.drop();
  });

  beforeEach(() => source.query('TRUNCATE documents'));

  it('gives back what was kept, which still opens its root', async () => {
    const document = order('PO-1');
    const entry = entryOf(document);
    await vault.store(document, entry);
    const stored = await vault.byRoot(entry.root);
    expect(stored).toEqual({
      ...entry,
      document: { ...document, source: { ...document.source, bytes: expect.anything() } },
    });
    expect(Buffer.compare(stored!.document.source.bytes, document.source.bytes)).toBe(0);
    expect(commit(stored!.fields, stored!.seed).root).toBe(entry.root);
  });

  it('finds by object, kind and version, the last kept first', async () => {
    const [first, declined, second] = [order('PO-1'), order('PO-1b'), order('PO-1c')];
    await vault.storeMany([
      { document: first, entry: entryOf(first) },
      { document: declined, entry: entryOf(declined, 2) },
      { document: second, entry: entryOf(second, 2) },
    ]);
    expect((await vault.load(ORDER, 'ORDER', 2))?.document.model.number).toBe('PO-1c');
    expect((await vault.load(ORDER, 'ORDER', 1))?.document.model.number).toBe('PO-1');
    expect(await vault.load(ORDER, 'ORDER', 3)).toBeUndefined();
    expect(await vault.load(ORDER, 'INVOICE', 1)).toBeUndefined();
    expect((await vault.of(ORDER)).map(({ version }) => version)).toEqual([1, 2, 2]);
    expect(await vault.byRoot(ORDER)).toBeUndefined();
  });

  it('keeps one document once, and none of a unit of work that fails', async () => {
    const document = order('PO-1');
    const entry = entryOf(document);
    const failing = unit.run(async () => {
      await vault.store(document, entry);
      throw new Error('undone');
    });
    await expect(failing).rejects.toThrow('undone');
    expect(await vault.byRoot(entry.root)).toBeUndefined();
    await vault.store(document, entry);
    await vault.store(document, entry);
    expect(await vault.of(ORDER)).toHaveLength(1);
  });

  it('shows nothing of a document in the table', async () => {
    const document = order('PO-SECRET-1');
    await vault.store(document, entryOf(document));
    const [row] = await source.query<Record<string, unknown>[]>('SELECT * FROM documents');
    const seen = Object.values(row!).map((value) =>
      Buffer.isBuffer(value) ? value.toString('latin1') : String(value),
    );
    expect(seen.join(' ')).not.toMatch(/SECRET|EUR|5\.00/);
  });

  it.each([
    ['altered', 'UPDATE documents SET payload = set_byte(payload, 40, get_byte(payload, 40) # 1)'],
    [
      'altered in its key',
      'UPDATE documents SET wrapped_key = set_byte(wrapped_key, 30, get_byte(wrapped_key, 30) # 1)',
    ],
    ['said to be another version', 'UPDATE documents SET version = 9'],
  ])('opens no row that was %s', async (_, tampering) => {
    const document = order('PO-1');
    const entry = entryOf(document);
    await vault.store(document, entry);
    await source.query(tampering);
    await expect(vault.byRoot(entry.root)).rejects.toThrow();
  });

  it('opens nothing under another key', async () => {
    const document = order('PO-1');
    const entry = entryOf(document);
    await vault.store(document, entry);
    const other = new DocumentVault(unit, new VaultCipher(`0x${'4f'.repeat(32)}`));
    await expect(other.byRoot(entry.root)).rejects.toThrow();
  });
});
