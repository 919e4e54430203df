import { jest } from '@jest/globals';
import { DataSource } from 'typeorm';
import { Documents1795384000001 } from '../../../migrations/1795384000001-documents.js';
import { Grants1795386000002 } from '../../../migrations/1795386000002-grants.js';
import { Financing1795386000011 } from '../../../migrations/1795386000011-financing.js';
import { Grants1795700000002 } from '../../../migrations/1795700000002-grants.js';
import { GrantsWithdrawn1795700000006 } from '../../../migrations/1795700000006-grants-withdrawn.js';
import { EndedGrants1795912000001 } from '../../../migrations/1795912000001-ended-grants.js';
import { CopyKeys1795700000008 } from '../../../migrations/1795700000008-copy-keys.js';
import { GrantedNumbers1795911000001 } from '../../../migrations/1795911000001-granted-numbers.js';
import { testDatabase, type TestDatabase } from '../../../../test/support/postgres.js';
import { UnitOfWork } from '../../database/index.js';
import { nodeKeysOf, VaultCipher } from '../../documents/index.js';
import { type Hex, toBytes } from '../../kernel/hex.js';
import type { Grant } from '../domain/grant.js';
import { CopiesStore } from './copies.store.js';
import { GrantStore } from './grant.store.js';
import { NumberedCopies } from './numbered-copies.js';
import { NumberTags } from './number-tags.js';

const GRANT: Hex = `0x${'f1'.repeat(32)}`;
const ROOT: Hex = `0x${'0a'.repeat(32)}`;
const KEY: Hex = `0x${'4e'.repeat(32)}`;

const grant: Grant = {
  ...{ id: GRANT, side: 'GRANTEE', maker: 1, grantee: 2, object: ROOT, onOrder: true, purpose: 'CREDIT_DECISION' },
  ...{ profile: 1, fields: ['/amount'], from: 100, until: 200, financing: null, seed: ROOT, commitment: ROOT },
  ...{
    needsApproval: false,
    approval: null,
    withdrawn: false,
    random: null,
    submission: null,
    revocation: null,
    createdAt: 90,
  },
};

const showing = (...paths: string[]) => {
  const fields = paths.map((path) => ({ path, value: 'SECRET', salt: ROOT }));
  return { root: ROOT, object: ROOT, kind: 'INVOICE', disclosure: { fields, proof: [], flags: [] } };
};

describe('CopiesStore', () => {
  let database: TestDatabase;
  let source: DataSource;
  let store: CopiesStore;
  let tags: NumberTags;
  let numbered: NumberedCopies;

  beforeAll(async () => {
    database = await testDatabase();
    const migrations = [
      Documents1795384000001,
      Grants1795386000002,
      Financing1795386000011,
      Grants1795700000002,
      GrantsWithdrawn1795700000006,
      CopyKeys1795700000008,
      GrantedNumbers1795911000001,
      EndedGrants1795912000001,
    ];
    source = new DataSource({ type: 'postgres', url: database.url, migrations });
    await source.initialize();
    await source.runMigrations();
  });

  afterAll(async () => {
    await source?.destroy();
    await database?.drop();
  });

  beforeEach(async () => {
    await source.query('TRUNCATE grants, chain_grants CASCADE');
    const unit = new UnitOfWork(source);
    tags = new NumberTags(KEY);
    store = new CopiesStore(unit, new VaultCipher(nodeKeysOf(KEY)), tags);
    numbered = new NumberedCopies(unit, store, tags);
    await new GrantStore(unit).add(grant);
    await source.query('INSERT INTO chain_grants VALUES ($1, $1, $2, 1, 90, NULL, NULL)', [
      toBytes(GRANT),
      toBytes(ROOT),
    ]);
  });

  const paths = async () => (await store.of(GRANT))[0]?.disclosure.fields.map(({ path }) => path);

  it('takes a fuller disclosure of a document, and keeps it when a poorer one or another comes', async () => {
    const pathsAfter = async (...given: string[]) => {
      await store.keep(GRANT, [showing(...given)]);
      return paths();
    };
    expect(await pathsAfter('/amount')).toEqual(['/amount']);
    expect(await pathsAfter('/lines/0/quantity', '/amount')).toEqual(['/lines/0/quantity', '/amount']);
    expect(await pathsAfter('/amount')).toEqual(['/lines/0/quantity', '/amount']);
    expect(await pathsAfter('/amount', '/number', '/currency')).toEqual(['/lines/0/quantity', '/amount']);
  });

  it('opens what it holds one after the other, however much of it a letter names, and takes what is new', async () => {
    const [first, second, third] = [ROOT, GRANT, KEY].map((root) => ({ ...showing('/kind'), root }));
    await store.keep(GRANT, [{ ...showing('/kind', '/amount'), root: first!.root }, second!]);
    const asked = jest.spyOn(source.manager, 'query');
    await store.keep(GRANT, [first!, second!, third!]);
    const answers = (await Promise.all(asked.mock.results.map(({ value }) => value))) as object[][];
    asked.mockRestore();
    const opened = answers.map((rows) => rows.filter((row) => 'payload' in row).length);
    expect(opened.filter((rows) => rows > 0)).toEqual([1, 1]);
    const held = await store.at(
      GRANT,
      [first!, second!, third!].map(({ root }) => root),
    );
    expect(held.map(({ disclosure }) => disclosure.fields.length).sort()).toEqual([1, 1, 2]);
  });

  describe('finds an order by its number', () => {
    const numberedAs = (value: string, kind = 'ORDER', root = ROOT) => {
      const fields = [{ path: '/number', value, salt: ROOT }];
      return { root, object: root, kind, disclosure: { fields, proof: [], flags: [] } };
    };
    const found = (number: string, now = 100) => numbered.of(number, now);

    it('in any spelling, while the grant stands, and keeps no number', async () => {
      await store.keep(GRANT, [numberedAs('PO-0042')]);
      expect([await found('po 42'), await found('PO-43')]).toEqual([[ROOT], []]);
      expect([await found('PO-42', 99), await found('PO-42', 200)]).toEqual([[], []]);
      const [row] = await source.query<{ number_tag: Buffer }[]>('SELECT number_tag FROM granted_copies');
      const tag = row!.number_tag;
      expect([tag.length, tag.equals(new NumberTags(GRANT).of('PO-42'))]).toEqual([32, false]);
      await source.query('UPDATE chain_grants SET revoked_at = 150');
      expect(await found('PO-42', 151)).toEqual([]);
    });

    it('once a fuller disclosure shows it', async () => {
      await store.keep(GRANT, [{ ...numberedAs('-'), disclosure: { fields: [], proof: [], flags: [] } }]);
      expect(await found('PO-42')).toEqual([]);
      await store.keep(GRANT, [numberedAs('PO-42')]);
      expect(await found('PO-42')).toEqual([ROOT]);
    });

    it('and not by that of another document, nor by what is no number', async () => {
      await store.keep(GRANT, [numberedAs('PO-42', 'DESPATCH'), numberedAs('--', 'ORDER', GRANT)]);
      expect(await found('PO-42')).toEqual([]);
      await expect(found('--')).rejects.toMatchObject({ code: 'DOCUMENT_IDENTITY_UNUSABLE' });
    });

    it('among what came before there were tags', async () => {
      const roots = Array.from({ length: 120 }, (_, n): Hex => `0x${n.toString(16).padStart(64, '0')}`);
      await store.keep(
        GRANT,
        roots.map((root, n) => numberedAs(`PO-${n}`, 'ORDER', root)),
      );
      await source.query('UPDATE granted_copies SET number_tag = NULL');
      expect([await found('PO-7'), await found('PO-119')]).toEqual([[roots[7]], [roots[119]]]);
      expect(await store.untagged(1)).toEqual([]);
    });

    it('among former ones though another of them does not decrypt, which is met once', async () => {
      await store.keep(GRANT, [numberedAs('PO-1'), numberedAs('PO-2', 'ORDER', KEY)]);
      await source.query('UPDATE granted_copies SET number_tag = NULL');
      await source.query(`UPDATE granted_copies SET payload = '\\x00' WHERE root = $1`, [toBytes(KEY)]);
      expect([await found('PO-1'), await found('PO-2')]).toEqual([[ROOT], []]);
      expect(await store.untagged(1)).toEqual([]);
    });
  });

  it('serves copies while the chain says that the grant stands, and shows nothing of them in the table', async () => {
    await store.keep(GRANT, [showing('/amount')]);
    const readableAt = async (now: number) => [await store.readable(undefined, now), await store.behind([ROOT], now)];
    expect(await readableAt(99)).toEqual([[], []]);
    expect(await readableAt(100)).toEqual([[ROOT], [expect.objectContaining({ kind: 'INVOICE', grant: GRANT })]]);
    expect(await readableAt(200)).toEqual([[], []]);
    await source.query('UPDATE chain_grants SET revoked_at = 150');
    expect(await readableAt(151)).toEqual([[], []]);
    const [row] = await source.query<Record<string, unknown>[]>('SELECT * FROM granted_copies');
    const seen = Object.values(row!).map((value) => (Buffer.isBuffer(value) ? value.toString('latin1') : value));
    expect(seen.join(' ')).not.toMatch(/SECRET|amount/);
  });

  describe('that were just opened', () => {
    let opened: jest.SpiedFunction<VaultCipher['open']>;
    const shown = async (now = 100) =>
      (await store.behind([ROOT], now)).map(({ disclosure }) => disclosure.fields.map(({ path }) => path));

    beforeEach(async () => {
      opened = jest.spyOn(VaultCipher.prototype, 'open');
      await store.keep(GRANT, [showing('/amount')]);
      expect([await shown(), await shown()]).toEqual([[['/amount']], [['/amount']]]);
      expect(opened).toHaveBeenCalledTimes(1);
    });

    afterEach(() => opened.mockRestore());

    it('are not shown once their grant is revoked', async () => {
      await source.query('UPDATE chain_grants SET revoked_at = 150');
      expect(await shown()).toEqual([]);
    });

    it('are shown to the second at which their grant ends, and no longer', async () => {
      expect([await shown(199), await shown(200)]).toEqual([[['/amount']], []]);
    });

    it('are not shown once they are destroyed, nor when their key or their content was altered', async () => {
      await source.query(`UPDATE granted_copies SET wrapped_key = set_byte(wrapped_key, 40, 0) || '\\x00'`);
      await expect(shown()).rejects.toThrow();
      await source.query('DELETE FROM granted_copies');
      await store.keep(GRANT, [showing('/amount')]);
      expect(await shown()).toEqual([['/amount']]);
      await source.query('UPDATE granted_copies SET payload = set_byte(payload, 30, 255 - get_byte(payload, 30))');
      await expect(shown()).rejects.toThrow();
      await source.query('DELETE FROM granted_copies');
      expect(await shown()).toEqual([]);
    });

    it('give way to a fuller one', async () => {
      await store.keep(GRANT, [showing('/amount', '/number')]);
      expect(await shown()).toEqual([['/amount', '/number']]);
    });

    it('are not kept open when their grant is over, nor under another grant', async () => {
      await store.sealEnded(200, 1000);
      await source.query(
        'INSERT INTO granted_copies SELECT grant_id, root, object, kind, wrapped_key, payload, node_key FROM credit_files',
      );
      expect(await shown()).toEqual([['/amount']]);
      expect(opened).toHaveBeenCalledTimes(2);
      await new GrantStore(new UnitOfWork(source)).add({ ...grant, id: KEY });
      await source.query('INSERT INTO chain_grants VALUES ($1, $1, $2, 1, 90, NULL, NULL)', [
        toBytes(KEY),
        toBytes(ROOT),
      ]);
      await source.query('UPDATE granted_copies SET grant_id = $1', [toBytes(KEY)]);
      await expect(shown()).rejects.toThrow();
    });
  });

  it('moves them to the credit file when the grant is over, and destroys that when its time is', async () => {
    await store.keep(GRANT, [showing('/amount')]);
    expect(await store.sealEnded(199, 1000)).toEqual([]);
    expect(await store.sealEnded(200, 1000)).toEqual([GRANT]);
    expect(await store.of(GRANT)).toEqual([]);
    expect(await store.sealed(GRANT)).toEqual([expect.objectContaining({ root: ROOT, purpose: 'CREDIT_DECISION' })]);
    expect(await store.forget(999)).toEqual([]);
    expect(await store.sealed(GRANT)).toHaveLength(1);
    expect(await store.forget(1000)).toEqual([ROOT]);
    expect(await store.sealed(GRANT)).toEqual([]);
  });

  describe('under grants that end', () => {
    beforeEach(() => store.keep(GRANT, [showing('/amount')]));

    it('are moved at once, and those under one that had ended before within an hour', async () => {
      expect(await store.sealEnded(100, 1000)).toEqual([]);
      await source.query('UPDATE chain_grants SET revoked_at = 100');
      expect(await store.sealEnded(101, 1000)).toEqual([GRANT]);
      await store.keep(GRANT, [showing('/amount')]);
      await source.query('DELETE FROM credit_files');
      expect(await store.sealEnded(9_000, 1000)).toEqual([GRANT]);
      await store.keep(GRANT, [showing('/amount')]);
      await source.query('DELETE FROM credit_files');
      expect(await store.sealEnded(9_001, 1000)).toEqual([]);
      store['wholeAt'] -= 3_600_000;
      expect(await store.sealEnded(9_002, 1000)).toEqual([GRANT]);
    });

    it('are looked for among all after a rewind, and where the last round was undone', async () => {
      expect(await store.sealEnded(100, 1000)).toEqual([]);
      const unit = new UnitOfWork(source);
      const undone = new CopiesStore(unit, new VaultCipher(nodeKeysOf(KEY)), tags);
      const round = unit.run(async () => {
        expect(await undone.sealEnded(200, 1000)).toEqual([GRANT]);
        throw new Error('undone');
      });
      await expect(round).rejects.toThrow('undone');
      expect(await undone.sealEnded(201, 1000)).toEqual([GRANT]);
      expect(await store.sealEnded(9_000, 1000)).toEqual([]);
      await store.keep(GRANT, [showing('/amount')]);
      await source.query('DELETE FROM credit_files');
      expect(await store.sealEnded(8_999, 1000)).toEqual([GRANT]);
    });

    it('are not gone through, nor all grants, while none ends', async () => {
      await source.query(
        `INSERT INTO grants SELECT (jsonb_populate_record(g, jsonb_build_object('id', '\\x' || lpad(to_hex(n), 64, '0'), 'until_at', 9999))).*
         FROM grants g, generate_series(1, 2000) n`,
      );
      await source.query(
        `INSERT INTO granted_copies SELECT g.id, c.root, c.object, c.kind, c.wrapped_key, c.payload, c.node_key FROM granted_copies c, grants g
         WHERE g.id <> c.grant_id`,
      );
      await source.query(
        'INSERT INTO chain_grants SELECT id, id, commitment, 1, 90, NULL, NULL FROM grants ON CONFLICT DO NOTHING',
      );
      await source.query('ANALYZE');
      await store.sealEnded(150, 1000);
      const asked = jest.spyOn(source.manager, 'query');
      await store.sealEnded(151, 1000);
      const [sql, values] = asked.mock.calls[0] as [string, unknown[]];
      asked.mockRestore();
      const [answer] = await source.query<{ 'QUERY PLAN': object }[]>(`EXPLAIN (ANALYZE, FORMAT JSON) ${sql}`, values);
      const scans = [...JSON.stringify(answer).matchAll(/"Node Type":"([^"]*Scan)"[^{}]*?"Actual Rows":([\d.]+)/g)];
      expect(scans.length).toBeGreaterThan(2);
      const read = scans.filter(([, , rows]) => Number(rows) > 0);
      expect(read.map(([, node]) => node)).toEqual([]);
      expect(scans.map(([, node]) => node)).not.toContain('Seq Scan');
    });
  });

  it('tells of what nothing is left, neither shown nor its own', async () => {
    // Earlier each time: after a rewind all copies are looked at.
    let now = 300;
    const ended = async () => {
      await store.keep(GRANT, [showing('/amount')]);
      await store.sealEnded(now--, 1000);
    };
    await ended();
    await store.keep(GRANT, [showing('/amount')]);
    expect(await store.forget(1000)).toEqual([]);
    await store.sealEnded(now--, 1000);
    const own = `INSERT INTO documents (root, object, kind, version, wrapped_key, payload) VALUES ($1, $2, 'INVOICE', 1, $1, $1)`;
    await source.query(own, [toBytes(KEY), toBytes(ROOT)]);
    expect(await store.forget(1000)).toEqual([]);
    await ended();
    await source.query('DELETE FROM documents');
    expect(await store.forget(1000)).toEqual([ROOT]);
  });
});
