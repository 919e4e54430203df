import { randomBytes, randomUUID } from 'node:crypto';
import type { Abstract, Type } from '@nestjs/common';
import type pg from 'pg';
import { type Answer, eventually, type Json, type MemberClient } from '../../../scripts/demo/client.js';
import { rpc } from '../../../scripts/embedded/rpc.js';
import { refusalOf, startNodes, type TestNodes } from '../../../test/support/nodes.js';
import { Keyring } from '../chain/index.js';
import { PG_POOL, UnitOfWork } from '../database/index.js';
import { orderDocument } from '../orders/testing/documents.js';
import { Submissions } from '../submissions/index.js';
import { AnchorEvidence } from './commands/anchor-evidence.handler.js';
import { RecordEvidence } from './commands/record-evidence.js';

let nodes: TestNodes;
let core: MemberClient;
let supplier: MemberClient;

beforeAll(async () => {
  nodes = await startNodes(['core', 'supplier-1'], { settings: { evidenceAnchorSeconds: 0 } });
  [core, supplier] = ['core', 'supplier-1'].map((name) => nodes.of(name).client) as [MemberClient, MemberClient];
}, 120_000);

afterAll(() => nodes?.stop());

const newItem = (over: Json = {}): Json => ({
  id: `reading.${randomUUID()}`,
  kind: 'SENSOR_READING',
  at: '2026-11-25T10:00:00Z',
  data: { celsius: '4.5' },
  ...over,
});
const newItems = (count: number, over: Json = {}) => Array.from({ length: count }, () => newItem(over));

async function sendLines(
  by: MemberClient,
  text: string,
  key = randomUUID(),
): Promise<{ status: number; body: Json; replayed: boolean }> {
  const headers = {
    authorization: `Bearer ${by.member.apiKey}`,
    'idempotency-key': key,
    'content-type': 'application/x-ndjson',
  };
  const response = await fetch(`${by.member.url}/v1/evidence`, { method: 'POST', headers, body: text });
  const replayed = response.headers.get('idempotency-replayed') === 'true';
  return { status: response.status, body: (await response.json()) as Json, replayed };
}

const read = (id: unknown) => core.get(`/v1/evidence/${String(id)}`);
const anchored = ({ body }: Answer) => body['status'] === 'ANCHORED';
const judgedBy = (by: MemberClient, proof: unknown) =>
  eventually(
    () => by.post('/v1/evidence/verifications', proof),
    ({ body }) => (body['reason'] as Json | null)?.['code'] !== 'EVIDENCE_BATCH_UNKNOWN',
  );
const pool = () => nodes.of('core').app.get<pg.Pool>(PG_POOL, { strict: false });

describe('evidence in bulk', () => {
  it('is taken in by lines, anchored by one transaction, found by its subject, and proven to whoever is shown it', async () => {
    const order = (await core.post('/v1/orders?supplier=supplier-1', { document: orderDocument() })).body['id'];
    const items = [...newItems(700), ...newItems(3, { order })];
    // Spaces and digits as they were sent are what is committed to.
    const lines = items.map((item) => JSON.stringify(item).replace('"4.5"', ' 4.50'));
    const key = randomUUID();
    const made = await sendLines(core, lines.join('\n\n'), key);
    expect([made.status, made.body]).toEqual([201, { received: 703, added: 703 }]);
    expect(await sendLines(core, lines.join('\n\n'), key)).toEqual({ ...made, replayed: true });

    const last = await eventually(() => read(items.at(-1)!['id']), anchored, 60_000);
    expect(last.body).toMatchObject({
      status: 'ANCHORED',
      order,
      receivable: null,
      text: lines.at(-1),
      data: { celsius: 4.5 },
    });
    const first = await read(items[0]!['id']);
    expect(first.body).toMatchObject({ batch: last.body['batch'], block: last.body['block'] });
    const ofOrder = await core.get(`/v1/evidence?order=${String(order)}&limit=2`);
    const rest = await core.get(`/v1/evidence?order=${String(order)}&cursor=${String(ofOrder.body['nextCursor'])}`);
    const listed = [...(ofOrder.body['items'] as Json[]), ...(rest.body['items'] as Json[])];
    expect(listed.map(({ text }) => text)).toEqual(lines.slice(-3).reverse());
    expect(((await core.get('/v1/evidence?limit=1')).body['items'] as Json[])[0]).toEqual(listed[0]);

    for (const item of [items[0]!, items[255]!, items[256]!, items[702]!]) {
      const { proof } = (await read(item['id'])).body as { proof: Json };
      const verdict = await judgedBy(supplier, proof);
      expect([verdict.status, verdict.body]).toMatchObject([
        200,
        {
          valid: true,
          trust: 'own-rpc',
          member: 'core',
          leaves: 703,
          block: last.body['block'],
          item: { id: item['id'] },
          reason: null,
        },
      ]);
      const altered = await judgedBy(supplier, { ...proof, text: String(proof['text']).replace('4.50', '5.50') });
      expect(altered.body).toMatchObject({ valid: false, item: null, reason: { code: 'EVIDENCE_NOT_IN_BATCH' } });
      const another = await supplier.post('/v1/evidence/verifications', { ...proof, member: 'supplier-1' });
      expect(another.body).toMatchObject({ valid: false, reason: { code: 'EVIDENCE_BATCH_UNKNOWN' } });
    }
    expect(refusalOf(await supplier.get(`/v1/evidence/${String(items[0]!['id'])}`))).toEqual([404, 'EVIDENCE_UNKNOWN']);
    const { rows } = await pool().query<{ payload: Buffer }>('SELECT payload FROM evidence_parcels');
    expect(rows.some(({ payload }) => payload.includes('SENSOR_READING'))).toBe(false);
  }, 180_000);

  it('that comes again is kept once, and refused when it says something else under the same id', async () => {
    const items = newItems(300);
    expect((await core.post('/v1/evidence', items)).body).toEqual({ received: 300, added: 300 });
    const more = [...items, ...newItems(20)];
    const both = await Promise.all([core.post('/v1/evidence', more), core.post('/v1/evidence', more)]);
    const added = both.flatMap(({ status, body }) => (status === 201 ? [Number(body['added'])] : []));
    // Two at once: one adds the new ones; the other adds none, or is told to come again.
    expect(added.reduce((sum, each) => sum + each, 0)).toBe(20);
    const again = await core.post('/v1/evidence', more);
    expect([again.status, again.body]).toEqual([201, { received: 320, added: 0 }]);
    const { rows } = await pool().query('SELECT 1 FROM evidence_items WHERE id = ANY($1)', [more.map(({ id }) => id)]);
    expect(rows).toHaveLength(320);

    expect(anchored(await eventually(() => read(more.at(-1)!['id']), anchored, 60_000))).toBe(true);

    const other: Json = { ...items[7]!, kind: 'OTHER' };
    const refused = await core.post('/v1/evidence', [...newItems(7), other]);
    expect(refused).toMatchObject({
      status: 422,
      body: {
        code: 'EVIDENCE_ITEMS_REFUSED',
        facts: { refused: 1, faults: [{ item: 7, code: 'EVIDENCE_ID_TAKEN', facts: { id: other['id'] } }] },
      },
    });
  }, 180_000);

  it('is refused as a whole with what is wrong with which item', async () => {
    const [good, unknown] = [newItem(), newItem({ order: `0x${randomBytes(32).toString('hex')}` })];
    const text = [JSON.stringify(good), '', JSON.stringify(newItem({ at: 'yesterday' })), '{"id":'].join('\n');
    expect(await sendLines(core, text)).toMatchObject({
      status: 422,
      body: {
        code: 'EVIDENCE_ITEMS_REFUSED',
        facts: {
          refused: 2,
          faults: [
            { item: 1, line: 3, facts: { pointer: '/at' } },
            { item: 2, line: 4 },
          ],
        },
      },
    });
    expect(await core.post('/v1/evidence', [good, unknown])).toMatchObject({
      status: 404,
      body: {
        code: 'EVIDENCE_SUBJECT_UNKNOWN',
        facts: { faults: [{ item: 1, code: 'ORDER_UNKNOWN', facts: { order: unknown['order'] } }] },
      },
    });
    expect(refusalOf(await read(good['id']))).toEqual([404, 'EVIDENCE_UNKNOWN']);
    expect(refusalOf(await read('%00'))).toEqual([404, 'EVIDENCE_UNKNOWN']);
    expect(refusalOf(await core.post('/v1/evidence', []))).toEqual([400, 'REQUEST_INVALID']);
    expect((await sendLines(core, '{}\n'.repeat(10_001))).body).toMatchObject({
      code: 'REQUEST_INVALID',
      facts: { most: 10_000 },
    });
    const lender = await nodes.of('core').clientWith('LENDER_DESK');
    expect((await lender.post('/v1/evidence', [newItem()])).status).toBe(403);
  }, 180_000);

  it('is sent again under the next number when another batch took its own', async () => {
    const { app } = nodes.of('core');
    const of = <T>(type: Type<T> | Abstract<T>) => app.get<T>(type, { strict: false });
    const item = newItem();
    const { rows } = await pool().query<{ top: string }>('SELECT coalesce(max(batch), 0) AS top FROM chain_anchors');
    const root = `0x${randomBytes(32).toString('hex')}` as const;
    // As another process with the operator's key would: ahead in the lane, and unknown to whoever numbers batches here.
    await of(UnitOfWork).run(async () => {
      await of(RecordEvidence).run([{ item: 0, text: JSON.stringify(item) }]);
      await of(Submissions).submit({
        act: 'anchorElsewhere',
        call: { contract: 'EvidenceAnchor', fn: 'anchor', args: [root, 2, Number(rows[0]!.top) + 1] },
        account: of(Keyring).operator.address,
        subject: { type: 'evidence', id: root },
      });
      await of(AnchorEvidence).handle();
    });
    const found = await eventually(() => read(item['id']), anchored, 60_000);
    expect(found.body).toMatchObject({ status: 'ANCHORED', batch: Number(rows[0]!.top) + 2 });
    expect((await judgedBy(supplier, found.body['proof'])).body).toMatchObject({ valid: true, leaves: 2 });
    const refused = `SELECT problem->>'code' AS code FROM submissions WHERE act = 'anchorEvidence' AND status IN ('REFUSED', 'REVERTED')`;
    expect((await pool().query(refused)).rows).toEqual([{ code: 'EVIDENCE_OUT_OF_SEQUENCE' }]);
  }, 180_000);

  it('is anchored again after the chain lost its batch', async () => {
    const before = await rpc<string>(nodes.anvil.url, 'evm_snapshot', []);
    const item = newItem();
    await core.post('/v1/evidence', [item]);
    const found = await eventually(() => read(item['id']), anchored, 60_000);
    await rpc(nodes.anvil.url, 'evm_revert', [before]);
    await nodes.passTime(5);
    const again = await eventually(
      () => read(item['id']),
      (answer) => anchored(answer) && answer.body['anchoredAt'] !== found.body['anchoredAt'],
      60_000,
    );
    expect(again.body).toMatchObject({ status: 'ANCHORED', text: found.body['text'] });
    expect((await judgedBy(supplier, again.body['proof'])).body).toMatchObject({ valid: true });
  }, 180_000);
});
