import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { Documents1795384000001 } from '../../../migrations/1795384000001-documents.js';
import { VaultKeys1795700000007 } from '../../../migrations/1795700000007-vault-keys.js';
import { testDatabase, type TestDatabase } from '../../../../test/support/postgres.js';
import { UnitOfWork } from '../../database/index.js';
import { commit, commitmentFields, importDocument, newSeed, type TradeDocument, verifyDisclosure } from '../index.js';
import { CommandProvider } from './command-provider.js';
import { DocumentVault } from './document-vault.js';
import { type NodeKeys, nodeKeysOf } from './node-keys.js';
import { SealedTables } from './sealed-tables.js';
import { VaultCipher } from './vault-cipher.js';

const ORDER = `0x${'0d'.repeat(32)}` as const;
const KEY = `0x${'4e'.repeat(32)}` as const;
const NEW = `0x${'4f'.repeat(32)}` as const;

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
  const tables = new SealedTables();
  const vaultWith = (keys: NodeKeys) => new DocumentVault(unit, new VaultCipher(keys), tables);

  beforeAll(async () => {
    database = await testDatabase();
    const migrations = [Documents1795384000001, VaultKeys1795700000007];
    source = new DataSource({ type: 'postgres', url: database.url, migrations });
    await source.initialize();
    await source.runMigrations();
    unit = new UnitOfWork(source);
    vault = vaultWith(nodeKeysOf(KEY));
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
    const stored = await vault.at(entry);
    expect(stored).toEqual({
      ...entry,
      document: { ...document, source: { ...document.source, bytes: expect.anything() } },
    });
    expect(Buffer.compare(stored!.document.source.bytes, document.source.bytes)).toBe(0);
    expect(commit(stored!.fields, stored!.seed).root).toBe(entry.root);
  });

  it('gives back as content what the document says, also where its commitment says otherwise, or says more behind it', async () => {
    const document = order('PO-1');
    const bound = entryOf(document);
    const other = [...bound.fields.slice(0, -1), { ...bound.fields.at(-1)!, value: 'other' }];
    const longer = [...bound.fields, { path: '/more', value: '1' }];
    for (const fields of [bound.fields, other, longer]) {
      const entry = { ...bound, fields, root: commit(fields, bound.seed).root };
      await vault.store(document, entry);
      const stored = (await vault.at(entry))!;
      expect([stored.fields, stored.document.fields]).toEqual([fields, document.fields]);
    }
  });

  it('gives all fields with their proof, opened once, and nothing that was altered or destroyed since', async () => {
    const document = order('PO-1');
    const entry = entryOf(document);
    await vault.store(document, entry);
    const inFull = async () => (await vault.inFull([entry])).get(entry.root);
    const first = await inFull();
    expect(first).toMatchObject({ kind: 'ORDER', disclosure: { fields: { length: entry.fields.length } } });
    expect(verifyDisclosure(structuredClone(first!.disclosure), entry.root)).toMatchObject({ valid: true });
    expect(await inFull()).toBe(first);
    const set = (payload: string) => source.query(`UPDATE documents SET payload = ${payload}`);
    await set('set_byte(payload, 40, 255 - get_byte(payload, 40))');
    await expect(inFull()).rejects.toThrow();
    await set('set_byte(payload, 40, 255 - get_byte(payload, 40))');
    expect(await inFull()).toEqual(first);
    // As another process of the node erases.
    await source.query('UPDATE documents SET wrapped_key = NULL, payload = NULL, node_key = NULL, erased_at = now()');
    expect(await inFull()).toBeUndefined();
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
    expect(await vault.at({ root: ORDER, object: ORDER })).toBeUndefined();
  });

  it('opens nothing for another object than the one that it was kept for, whoever commits to the root there', async () => {
    const document = order('PO-1');
    const entry = entryOf(document);
    await vault.store(document, entry);
    const elsewhere = { root: entry.root, object: `0x${'ab'.repeat(32)}` } as const;
    expect(await vault.at(elsewhere)).toBeUndefined();
    expect((await vault.inFull([elsewhere])).size).toBe(0);
    expect([...(await vault.atAll([elsewhere, entry])).keys()]).toEqual([entry.root]);
    await vault.erase(ORDER);
    expect([await vault.isErased(elsewhere), await vault.isErased(entry)]).toEqual([false, true]);
  });

  it('keeps one document once, and none of a unit of work that fails', async () => {
    const document = order('PO-1');
    const entry = entryOf(document);
    const failing = unit.run(async () => {
      await vault.store(document, entry);
      throw new Error('undone');
    });
    await expect(failing).rejects.toThrow('undone');
    expect(await vault.at(entry)).toBeUndefined();
    await vault.store(document, entry);
    await vault.store(document, entry);
    expect(await vault.of(ORDER)).toHaveLength(1);
  });

  it('shows nothing of a document in the table', async () => {
    const document = order('PO-SECRET-1');
    await vault.store(document, entryOf(document));
    const [row] = await source.query<Record<string, unknown>[]>('SELECT * FROM documents');
    const [bytes, texts] = [true, false].map((are) =>
      Object.values(row!)
        .filter((value) => Buffer.isBuffer(value) === are)
        .map((value) => (Buffer.isBuffer(value) ? value.toString('latin1') : String(value)))
        .join(' '),
    );
    expect(texts).not.toMatch(/SECRET|EUR|5\.00/);
    // Three letters may well stand in what is sealed, by chance.
    expect(bytes).not.toMatch(/SECRET|currency|5\.00/);
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
    await expect(vault.at(entry)).rejects.toThrow();
  });

  it('opens nothing under another key', async () => {
    const document = order('PO-1');
    const entry = entryOf(document);
    await vault.store(document, entry);
    const other = vaultWith(nodeKeysOf(NEW));
    await expect(other.at(entry)).rejects.toThrow('VAULT_KEY_MISSING');
  });

  it('opens under both keys while one takes the other’s place, and goes on where it was stopped', async () => {
    const entries = Array.from({ length: 5 }, (_, n) => ({
      document: order(`PO-${n}`),
      entry: entryOf(order(`PO-${n}`)),
    }));
    const roots = entries.map(({ entry }) => entry.root);
    await vault.storeMany(entries);
    // One from before keys had ids.
    await source.query('UPDATE documents SET node_key = NULL WHERE root = $1', [
      Buffer.from(roots[0]!.slice(2), 'hex'),
    ]);
    const rotating = vaultWith(nodeKeysOf(KEY, NEW));
    const table = tables.all().at(-1)!;
    const payloads = () => source.query<unknown[]>('SELECT root, payload FROM documents ORDER BY root');
    const before = await payloads();
    const opened = async (by: DocumentVault) => (await by.atAll(entries.map(({ entry }) => entry))).size;
    expect(await opened(rotating)).toBe(5);
    expect(await unit.run(() => table.rewrapSome(2))).toHaveLength(1);
    const stopped = unit.run(async () => {
      await table.rewrapSome(2);
      throw new Error('killed');
    });
    await expect(stopped).rejects.toThrow('killed');
    expect(await opened(rotating)).toBe(5);
    const use = async () =>
      (await table.use()).reduce((sum, { nodeKey, rows }) => sum + (nodeKey === current ? rows : 0), 0);
    const current = nodeKeysOf(NEW).current.id;
    expect(await use()).toBe(2);
    await Promise.all([1, 2].map(() => unit.run(() => table.rewrapSome(2))));
    expect(await unit.run(() => table.rewrapSome(2))).toBeUndefined();
    expect(await use()).toBe(5);
    expect(await payloads()).toEqual(before);
    expect(await opened(vaultWith(nodeKeysOf(NEW)))).toBe(5);
    await expect(opened(vault)).rejects.toThrow('VAULT_KEY_MISSING');
  });

  it('wraps anew all that opens, whatever stands before it, and says how many do not', async () => {
    const entries = ['PO-1', 'PO-2', 'PO-3', 'PO-4'].map((number) => ({
      document: order(number),
      entry: entryOf(order(number)),
    }));
    await vault.storeMany(entries);
    const roots = entries.map(({ entry }) => entry.root).sort();
    const spoilt = Buffer.from(roots[1]!.slice(2), 'hex');
    await source.query(`UPDATE documents SET wrapped_key = '\\x00' WHERE root = $1`, [spoilt]);
    const rotating = vaultWith(nodeKeysOf(KEY, NEW));
    const table = tables.all().at(-1)!;
    const place = await unit.run(() => table.rewrapSome(2));
    expect(place).toEqual([spoilt]);
    expect(await unit.run(() => table.rewrapSome(9, place))).toBeUndefined();
    expect(await table.use()).toEqual(
      expect.arrayContaining([
        { nodeKey: nodeKeysOf(KEY).current.id, rows: 1, unreadable: 1 },
        { nodeKey: nodeKeysOf(NEW).current.id, rows: 3, unreadable: 0 },
      ]),
    );
    const sound = entries.map(({ entry }) => entry).filter(({ root }) => root !== roots[1]);
    expect((await rotating.atAll(sound)).size).toBe(3);
  });

  it('destroys a document with its key for good; what was shown of it stays true', async () => {
    const document = order('PO-1');
    const entry = entryOf(document);
    await vault.store(document, entry);
    const shown = commit(entry.fields, entry.seed).disclose(['/amount']);
    expect(await vault.erase(ORDER)).toEqual([entry.root]);
    expect(await vault.erase(ORDER)).toEqual([]);
    expect([await vault.at(entry), await vault.isErased(entry)]).toEqual([undefined, true]);
    expect(await vault.of(ORDER)).toEqual([]);
    const [row] = await source.query<unknown[]>('SELECT wrapped_key, payload, node_key FROM documents');
    expect(row).toEqual({ wrapped_key: null, payload: null, node_key: null });
    await vault.store(document, entry);
    expect(await vault.at(entry)).toBeUndefined();
    expect(verifyDisclosure(shown, entry.root)).toMatchObject({ valid: true });
  });
});

describe('node keys from a program', () => {
  const dir = mkdtempSync(join(tmpdir(), 'tradeproof-keys-'));
  const program = (name: string, body: string) => {
    const path = join(dir, name);
    writeFileSync(path, `#!/bin/sh\n${body}\n`, { mode: 0o700 });
    return new CommandProvider(path, KEY);
  };

  afterAll(() => rmSync(dir, { recursive: true }));

  it('are taken as it prints them, with the vault secret for what was kept before', async () => {
    const keys = await program('good', `echo '{"current":"${NEW}"}'`).load();
    expect([keys.current.id, keys.first.id]).toEqual([nodeKeysOf(NEW).current.id, nodeKeysOf(KEY).current.id]);
    const sealed = new VaultCipher(nodeKeysOf(KEY)).seal('x', Buffer.from('text'));
    expect(new VaultCipher(keys).open('x', sealed).toString()).toBe('text');
  });

  it.each([
    ['fails', 'exit 1'],
    ['prints something else', `echo '{"current":"0x12"}'`],
    ['prints no JSON', `echo ${NEW}`],
  ])('keep the node from starting when it %s, and are not in the reason', async (name, body) => {
    await expect(program(name.replaceAll(' ', '-'), body).load()).rejects.toThrow(/gave no node keys(?!.*4f4f)/);
  });
});
