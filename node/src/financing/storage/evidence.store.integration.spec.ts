import { DataSource } from 'typeorm';
import { Financing1795386000011 } from '../../../migrations/1795386000011-financing.js';
import { testDatabase, type TestDatabase } from '../../../../test/support/postgres.js';
import { UnitOfWork } from '../../database/index.js';

import { type Hex, toBytes } from '../../kernel/hex.js';
import { EvidenceStore } from './evidence.store.js';

const FINANCING: Hex = `0x${'f1'.repeat(32)}`;
const ROOT: Hex = `0x${'0a'.repeat(32)}`;

const showing = (...paths: string[]) => {
  const fields = paths.map((path) => ({ path, value: '1', salt: ROOT }));
  return { root: ROOT, object: ROOT, kind: 'INVOICE', disclosure: { fields, proof: [], flags: [] } };
};

describe('EvidenceStore', () => {
  let database: TestDatabase;
  let source: DataSource;
  let store: EvidenceStore;

  beforeAll(async () => {
    database = await testDatabase();
    source = new DataSource({ type: 'postgres', url: database.url, migrations: [Financing1795386000011] });
    await source.initialize();
    await source.runMigrations();
    store = new EvidenceStore(new UnitOfWork(source));
    await source.query(
      `INSERT INTO financings (id, side, object, on_order, holder, lender, status, requested, sent, requested_at, changed_at, version)
       VALUES ($1, 'LENDER', $1, false, 1, 2, 'REQUESTED', '{}', true, 0, 0, 1)`,
      [toBytes(FINANCING)],
    );
  });

  afterAll(async () => {
    await source?.destroy();
    await database?.drop();
  });

  it('takes a fuller disclosure of a document, and keeps it when a poorer one or another comes', async () => {
    const pathsAfter = async (...paths: string[]) => {
      await store.keep(FINANCING, [showing(...paths)]);
      const [kept] = await store.of(FINANCING);
      return kept?.disclosure.fields.map(({ path }) => path);
    };
    expect(await pathsAfter('/amount')).toEqual(['/amount']);
    expect(await pathsAfter('/lines/0/quantity', '/amount')).toEqual(['/lines/0/quantity', '/amount']);
    expect(await pathsAfter('/amount')).toEqual(['/lines/0/quantity', '/amount']);
    expect(await pathsAfter('/amount', '/number', '/currency')).toEqual(['/lines/0/quantity', '/amount']);
  });
});
