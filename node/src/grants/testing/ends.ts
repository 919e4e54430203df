import type { Json } from '../../../../scripts/demo/client.js';
import { refusalOf } from '../../../../test/support/nodes.js';
import { UnitOfWork } from '../../database/index.js';
import { arrives, made } from '../../financing/testing/story.js';
import { bank, bytes, core, DAY, granted, looksArrive, looksOf, nodes, story, supplier, time } from './world.js';

/** Tests of what is left when a grant has ended: the credit file, and nothing of a financing’s. */
export function ends(): void {
  it('leaves a credit file, which the auditor alone opens, with a reason that is logged', async () => {
    const order = await story.acceptedOrder('PO-FILE');
    const grant = await granted(supplier, { order });
    await supplier.call('DELETE', `/v1/grants/${grant}`);
    const auditor = await nodes.of('bank-a').clientWith('AUDITOR');
    const { items } = await arrives(
      () => auditor.get('/v1/credit-files'),
      (body) => JSON.stringify(body).includes(grant),
    );
    expect(items).toContainEqual(
      expect.objectContaining({ grant, maker: 'supplier-1', resource: { order }, documents: 1 }),
    );
    const desk = await nodes.of('bank-a').clientWith('LENDER_DESK', 'ADMIN');
    const open = `/v1/credit-files/${grant}/openings`;
    expect(refusalOf(await desk.post(open, { reason: 'out of curiosity' }))).toEqual([403, 'FORBIDDEN']);
    expect(refusalOf(await auditor.post(open, {}))).toEqual([400, 'REQUEST_INVALID']);
    const opened = made(await auditor.post(open, { reason: 'supervision asked, file 7' }));
    expect(JSON.stringify(opened)).toContain('107.50');
    const looks = await looksOf(auditor, order);
    expect(looks.at(-1)).toMatchObject({
      outcome: 'SHOWN',
      purpose: 'CREDIT_FILE',
      reason: 'supervision asked, file 7',
    });
    await looksArrive(core, order, 1);
    expect((await looksOf(core, order)).at(-1)).toMatchObject({
      purpose: 'CREDIT_FILE',
      viewer: 'bank-a',
      reason: null,
    });
    expect(refusalOf(await auditor.post(`/v1/credit-files/${order}/openings`, { reason: 'none is there' }))).toEqual([
      ...[404, 'CREDIT_FILE_UNKNOWN'],
    ]);
  });

  it('leaves credit files that are listed a page at a time, last sealed first', async () => {
    const { manager } = nodes.of('bank-a').app.get(UnitOfWork);
    const sealed = (n: number) => Date.UTC(2090 + n) / 1000;
    const ids = [1, 2, 3].map((n) => Buffer.alloc(32, n));
    for (const id of ids)
      await manager.query(
        `INSERT INTO grants (id, side, maker, grantee, object, on_order, purpose, profile, fields, from_at, until_at, seed,
           commitment, needs_approval, created_at)
         VALUES ($1, 'GRANTEE', 1, 2, $1, true, 'CREDIT_DECISION', 1, '[]', 0, 0, '', '', false, 0)`,
        [id],
      );
    // The first was sealed in two parts, and stands where its last is.
    const parts: [number, number][] = [
      [0, 1],
      [0, 3],
      [1, 3],
      [2, 2],
    ];
    for (const [place, [file, n]] of parts.entries())
      await manager.query(
        `INSERT INTO credit_files (grant_id, root, object, kind, node_key, wrapped_key, payload, sealed_at, retained_until)
         VALUES ($1, $2, $1, 'ORDER', 'none', '', '', $3, $3)`,
        [ids[file], Buffer.alloc(32, place), sealed(n)],
      );
    const auditor = await nodes.of('bank-a').clientWith('AUDITOR');
    const first = (await auditor.get('/v1/credit-files?limit=2')).body;
    const second = (await auditor.get(`/v1/credit-files?limit=2&cursor=${String(first['nextCursor'])}`)).body;
    const files = [...(first['items'] as Json[]), ...(second['items'] as Json[]).slice(0, 1)];
    expect(files.map(({ grant, documents }) => [bytes(String(grant)), documents])).toEqual([
      [ids[1], 1],
      [ids[0], 2],
      [ids[2], 1],
    ]);
    await manager.query('DELETE FROM credit_files WHERE grant_id = ANY($1)', [ids]);
    await manager.query('DELETE FROM grants WHERE id = ANY($1)', [ids]);
  });

  it('leaves the credit file no longer than its time', async () => {
    const order = await story.acceptedOrder('PO-OLD-FILE');
    const grant = await granted(supplier, { order }, { until: await time(3600) });
    await nodes.passTime(3601);
    const auditor = await nodes.of('bank-a').clientWith('AUDITOR');
    const files = async () => (await auditor.get('/v1/credit-files')).body['items'] as Json[];
    await arrives(
      () => auditor.get('/v1/credit-files'),
      (body) => JSON.stringify(body).includes(grant),
    );
    const unit = nodes.of('bank-a').app.get(UnitOfWork);
    const kept = async () =>
      unit.manager.query<unknown[]>('SELECT 1 FROM credit_files WHERE grant_id = $1', [bytes(grant)]);
    expect(await kept()).toHaveLength(1);
    // As a lender has it that checked the order's tags against its number.
    await unit.manager.query(`INSERT INTO order_tags VALUES ($1, $1, $1, '[{"tag": "0x01", "signature": "0x02"}]')`, [
      bytes(order),
    ]);
    const [file] = (await files()).filter((each) => each['grant'] === grant);
    const ends = Date.parse(String(file!['retainedUntil'])) / 1000;
    await unit.manager.query('UPDATE credit_files SET retained_until = $2 WHERE grant_id = $1', [
      bytes(grant),
      (await story.now()) + 60,
    ]);
    expect(ends).toBeGreaterThan((await story.now()) + 9 * 365 * DAY);
    await nodes.passTime(61);
    await arrives(
      () => auditor.get('/v1/credit-files'),
      (body) => !JSON.stringify(body).includes(grant),
    );
    expect(await kept()).toEqual([]);
    const tags = await unit.manager.query<unknown[]>('SELECT tags FROM order_tags WHERE order_id = $1', [bytes(order)]);
    expect(tags).toEqual([{ tags: [{ tag: '0x01' }] }]);
    const open = `/v1/credit-files/${grant}/openings`;
    expect(refusalOf(await auditor.post(open, { reason: 'after its time' }))).toEqual([404, 'CREDIT_FILE_UNKNOWN']);
  });

  it('of a financing request ends with it', async () => {
    const receivable = await story.confirmed({ number: 'PO-ENDS' });
    const financing = await story.requested('bank-a', { receivable });
    const { items } = (await supplier.get(`/v1/grants?receivable=${receivable}`)).body as { items: Json[] };
    expect(items).toEqual([expect.objectContaining({ financing, status: 'ACTIVE', grantee: 'bank-a' })]);
    const grant = String(items[0]!['id']);
    expect(refusalOf(await supplier.call('DELETE', `/v1/grants/${grant}`))).toEqual([409, 'GRANT_OF_FINANCING']);
    expect((await bank.get(`/v1/receivables/${receivable}`)).body).toMatchObject({ amount: { amount: '107.50' } });
    made(await supplier.post(`/v1/financings/${financing}/withdrawal`, {}));
    await arrives(
      () => bank.get(`/v1/grants/${grant}`),
      ({ status }) => status === 'REVOKED',
    );
    expect(refusalOf(await bank.get(`/v1/receivables/${receivable}`))).toEqual([403, 'GRANT_REVOKED']);
    await arrives(
      () => core.get(`/v1/access-log?grant=${grant}`),
      (body) => JSON.stringify(body).includes('GRANT_REVOKED'),
    );
  });
}
