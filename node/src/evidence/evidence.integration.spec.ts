import { randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import type { Abstract, Type } from '@nestjs/common';
import type pg from 'pg';
import type { Answer, Json, MemberClient } from '../../../scripts/demo/client.js';
import { rpc } from '../../../scripts/embedded/rpc.js';
import { eventually } from '../../../test/support/eventually.js';
import { refusalOf, startNodes, type TestNodes } from '../../../test/support/nodes.js';
import { Keyring } from '../chain/index.js';
import { PG_POOL, UnitOfWork } from '../database/index.js';
import { orderDocument } from '../orders/testing/documents.js';
import { readEvidenceFile } from '../proofs/verify/evidence-file/read-evidence-file.js';
import { verifyEvidence } from '../proofs/verify/evidence-file/verify-evidence.js';
import type { Fragment } from '../proofs/verify/fragment.js';
import { validators } from '../proofs/verify/testing/qbft-chain.js';
import { trustWith } from '../proofs/verify/testing/sealed-bundle.js';
import { rewriteEvidence, sealedEvidence } from '../proofs/verify/testing/sealed-evidence.js';
import type { TrustFile } from '../proofs/verify/trust/schema.js';
import { trustOf } from '../proofs/verify/trust/trust.js';
import { Submissions } from '../submissions/index.js';
import { AnchorEvidence } from './commands/anchor-evidence.handler.js';
import { RecordEvidence } from './commands/record-evidence.js';

let nodes: TestNodes;
let core: MemberClient;
let supplier: MemberClient;

beforeAll(async () => {
  nodes = await startNodes(['core', 'supplier-1'], { settings: { evidenceAnchorSeconds: 0 } });
  [core, supplier] = ['core', 'supplier-1'].map((name) => nodes.of(name).client) as [MemberClient, MemberClient];
});

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
  it('is anchored though the clock was put back since it came', async () => {
    const since = (when: string) =>
      pool().query(`ALTER TABLE evidence_parcels ALTER COLUMN received_at SET DEFAULT ${when}`);
    await since("now() + interval '2 hours'");
    const item = newItem();
    expect((await sendLines(core, JSON.stringify(item))).status).toBe(201);
    await since('now()');
    expect((await eventually(() => read(item['id']), anchored)).body['status']).toBe('ANCHORED');
  });

  it('is taken in by lines, anchored by one transaction, found by its subject, and proven to whoever is shown it', async () => {
    const order = (await core.post('/v1/orders?supplier=supplier-1', { document: orderDocument() })).body['id'];
    const items = [...newItems(700), ...newItems(3, { order })];
    // Spaces and digits as they were sent are what is committed to.
    const lines = items.map((item) => JSON.stringify(item).replace('"4.5"', ' 4.50'));
    const key = randomUUID();
    const made = await sendLines(core, lines.join('\n\n'), key);
    expect([made.status, made.body]).toEqual([201, { received: 703, added: 703 }]);
    expect(await sendLines(core, lines.join('\n\n'), key)).toEqual({ ...made, replayed: true });

    const last = await eventually(() => read(items.at(-1)!['id']), anchored);
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
  });

  it('is shown by a file to whoever has no node, and no edit of it passes', async () => {
    const items = newItems(3);
    expect((await core.post('/v1/evidence', items)).status).toBe(201);
    await eventually(() => read(items[1]!['id']), anchored);
    const { url, apiKey } = core.member;
    const headers = { authorization: `Bearer ${apiKey}` };
    const response = await fetch(`${url}/v1/evidence/${String(items[1]!['id'])}/proof`, { headers });
    const unsealed = await response.text();
    expect(response.status).toBe(200);
    const base = (await supplier.get('/v1/trust')).body as unknown as TrustFile;
    const set = validators(4);
    const pinned = trustWith(base, set);
    const judge = (file: string, trust = pinned) => verifyEvidence(readEvidenceFile(Buffer.from(file)), trustOf(trust));
    const failing = ({ fragments }: { fragments: readonly Fragment[] }) =>
      fragments.filter(({ status }) => status !== 'VALID').map(({ kind, reason: { code } }) => `${kind} ${code}`);
    const bare = await judge(unsealed, base);
    expect([bare.valid, bare.trust, failing(bare)]).toEqual([false, 'unsealed', ['FINALITY HEADER_UNSEALED']]);

    const file = sealedEvidence(unsealed, set);
    const good = await judge(file);
    expect([good.valid, good.trust, good.member.name, failing(good)]).toEqual([true, 'validator-quorum', 'core', []]);
    expect(JSON.parse(good.text)).toEqual(items[1]);
    if (process.env['TRADEPROOF_WRITE_VECTORS'] === 'true') {
      mkdirSync('docs/spec/vectors/evidence', { recursive: true });
      writeFileSync('docs/spec/vectors/evidence/evidence.json', file);
      writeFileSync('docs/spec/vectors/evidence/trust.json', `${JSON.stringify(pinned, null, 1)}\n`);
    }
    const { EvidenceAnchor: _, ...others } = pinned.contracts as Record<string, unknown>;
    const without = { ...pinned, contracts: others } as TrustFile;
    await expect(judge(file, without)).rejects.toMatchObject({ code: 'TRUST_INCOMPLETE' });
    const changed = async (edit: Parameters<typeof rewriteEvidence>[1]) =>
      failing(await judge(rewriteEvidence(file, edit)));
    expect(await changed(({ text }) => ({ text: text.replace('4.5', '5.5') }))).toEqual([
      'INTEGRITY EVIDENCE_NOT_IN_BATCH',
    ]);
    expect(await changed(() => ({ root: `0x${'12'.repeat(32)}` }))).toEqual([
      ...['INTEGRITY EVIDENCE_NOT_IN_BATCH', 'ISSUANCE EVIDENCE_ROOT_MISMATCH'],
    ]);
    expect(await changed(({ batch }) => ({ batch: batch + 1 }))).toEqual(['ISSUANCE SLOT_NOT_PROVEN']);
    expect(await changed(({ member }) => ({ member: { ...member, name: 'supplier-1' } }))).toEqual([
      'ISSUANCE SLOT_NOT_PROVEN',
    ]);
    expect(await changed(() => ({ chainId: 1 }))).toEqual(['ISSUANCE CHAIN_MISMATCH']);
    const unknown = await core.get('/v1/evidence/nothing.like.it/proof');
    expect(refusalOf(unknown)).toEqual([404, 'EVIDENCE_UNKNOWN']);
  });

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

    expect(anchored(await eventually(() => read(more.at(-1)!['id']), anchored))).toBe(true);

    const other: Json = { ...items[7]!, kind: 'OTHER' };
    const refused = await core.post('/v1/evidence', [...newItems(7), other]);
    expect(refused).toMatchObject({
      status: 422,
      body: {
        code: 'EVIDENCE_ITEMS_REFUSED',
        facts: { refused: 1, faults: [{ item: 7, code: 'EVIDENCE_ID_TAKEN', facts: { id: other['id'] } }] },
      },
    });
  });

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
  });

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
    const found = await eventually(() => read(item['id']), anchored);
    expect(found.body).toMatchObject({ status: 'ANCHORED', batch: Number(rows[0]!.top) + 2 });
    expect((await judgedBy(supplier, found.body['proof'])).body).toMatchObject({ valid: true, leaves: 2 });
    const refused = `SELECT problem->>'code' AS code FROM submissions WHERE act = 'anchorEvidence' AND status IN ('REFUSED', 'REVERTED')`;
    // As often as this node had yet to index the other batch.
    const codes = (await pool().query<{ code: string }>(refused)).rows.map(({ code }) => code);
    expect(new Set(codes)).toEqual(new Set(['EVIDENCE_OUT_OF_SEQUENCE']));
  });

  it('is anchored again after the chain lost its batch', async () => {
    const before = await rpc<string>(nodes.anvil.url, 'evm_snapshot', []);
    const item = newItem();
    await core.post('/v1/evidence', [item]);
    const found = await eventually(() => read(item['id']), anchored);
    await rpc(nodes.anvil.url, 'evm_revert', [before]);
    await nodes.passTime(5);
    const again = await eventually(
      () => read(item['id']),
      (answer) => anchored(answer) && answer.body['anchoredAt'] !== found.body['anchoredAt'],
    );
    expect(again.body).toMatchObject({ status: 'ANCHORED', text: found.body['text'] });
    expect((await judgedBy(supplier, again.body['proof'])).body).toMatchObject({ valid: true });
  });
});
