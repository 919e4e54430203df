import type { Json } from '../../../../scripts/demo/client.js';
import { refusalOf } from '../../../../test/support/nodes.js';
import { UnitOfWork } from '../../database/index.js';
import { AnchorAccessLog } from '../../evidence/commands/anchor-access-log.handler.js';
import { arrives } from '../../financing/testing/story.js';
import { IndexHead } from '../../indexer/index.js';
import { core, nodes, PATIENCE } from './world.js';

/** Tests of the access log’s heads on chain. Last, since they rewrite a log. */
export function logHeads(): void {
  it('cannot be taken out of the log unseen: its head is on chain, and any member can hold the log against it', async () => {
    const { app } = nodes.of('core');
    const anchors = async () => ({ ...(await core.get('/v1/access-log/anchors?limit=200')), block: 0 });
    const onChain = (body: Json) => (body['items'] as Json[]).filter(({ batch }) => batch !== null).length;
    const head = () => app.get(IndexHead).current().timestamp;
    // One that was due already may be on its way: the time has passed for another when all are on chain and none is due.
    const anchor = async () => {
      const [before, then] = [onChain((await anchors()).body), head() + 3600];
      await nodes.passTime(3600);
      let settled = false;
      const due = async () => {
        const [now, { body }] = [head(), await anchors()];
        await app.get(AnchorAccessLog).handle();
        const after = await anchors();
        // All were on chain before it was asked whether one is due.
        const all = (body['items'] as Json[]).length;
        settled = now >= then && onChain(body) === all && (after.body['items'] as Json[]).length === all;
        return after;
      };
      return arrives(due, (body) => settled && onChain(body) > before, PATIENCE);
    };
    await anchor();
    const { items } = await anchor();
    expect(items).toEqual(expect.arrayContaining([expect.objectContaining({ matches: true })]));
    await app.get(AnchorAccessLog).handle();
    expect((await anchors()).body['items']).toHaveLength((items as Json[]).length);

    const paged: Json[] = [];
    for (let cursor: unknown = ''; cursor !== null;) {
      const { body } = await core.get(`/v1/access-log/anchors?limit=1${cursor ? `&cursor=${String(cursor)}` : ''}`);
      expect(body['items']).toHaveLength(1);
      paged.push(...(body['items'] as Json[]));
      cursor = body['nextCursor'];
    }
    expect(paged).toEqual((await anchors()).body['items']);

    const auditor = nodes.of('auditor').client;
    const exported = async () => (await core.get('/v1/access-log/export')).body;
    const judge = (part: Json) => auditor.post('/v1/access-log/verifications', part);
    // The auditor's node may index the last head a moment later: what it does not know of yet contradicts nothing.
    let log: Json = {};
    const sound = await arrives(
      async () => judge((log = await exported())),
      ({ valid, heads }) => valid === true && heads === (log['heads'] as Json[]).length,
      PATIENCE,
    );
    const [rows, heads] = [log['rows'] as Json[], log['heads'] as Json[]];
    expect([rows.length > 5, sound['heads']]).toEqual([true, heads.length]);
    expect(heads.length).toBe(onChain((await anchors()).body));
    const top = Number(heads.at(-1)!['position']);
    expect(sound).toMatchObject({ valid: true, provenTo: top, reason: null });
    const faultOf = async (part: Json) => ((await judge(part)).body['reason'] as Json)['code'];
    expect(await faultOf({ ...log, rows: rows.slice(0, top - 1) })).toBe('LOG_CUT');
    expect(await faultOf({ ...log, heads: heads.slice(0, -1) })).toBe('LOG_HEAD_WITHHELD');
    const end = (await core.get(`/v1/access-log/export?after=${top - 1}`)).body;
    expect((end['rows'] as Json[])[0]).toEqual(rows[top - 1]);
    expect((await judge(end)).body).toMatchObject({ valid: true, provenTo: top, unopened: 0 });
    expect(await faultOf({ ...end, heads: (end['heads'] as Json[]).slice(1) })).toBe('LOG_HEAD_WITHHELD');
    const begin = (await core.get(`/v1/access-log/export?limit=${top - 1}`)).body;
    const { headsTo, ...begun } = (await judge(begin)).body;
    expect(begun).toMatchObject({ valid: true, unopened: 0 });
    const rest = (await core.get(`/v1/access-log/export?after=${top - 1}&headsAfter=${String(headsTo)}`)).body;
    // Not those within what came before; without a look in between two heads may be of one place.
    expect(rest['heads']).toEqual(heads.filter(({ position }) => Number(position) >= top));
    const judged = await auditor.post(`/v1/access-log/verifications?headsAfter=${String(headsTo)}`, rest);
    expect(judged.body).toMatchObject({ valid: true, provenTo: top });
    expect(refusalOf(await core.get('/v1/access-log/export?after=100000'))).toEqual([404, 'LOG_POSITION_UNKNOWN']);

    // Who owns the database rewrites a row, and all hashes after it.
    const unit = app.get(UnitOfWork);
    await expect(unit.manager.query(`DELETE FROM access_log`)).rejects.toThrow('append-only');
    await unit.manager.query('ALTER TABLE access_log DISABLE TRIGGER USER');
    await unit.manager.query(`UPDATE access_log SET viewer = 'nobody' WHERE position = 2`);
    expect((await core.get('/v1/access-log/verification')).body).toMatchObject({ intact: false, brokenAt: 2 });
    await unit.manager.query('UPDATE access_log SET position = NULL, hash = NULL');
    expect((await core.get('/v1/access-log/verification')).body).toMatchObject({ intact: true });
    await unit.manager.query('ALTER TABLE access_log ENABLE TRIGGER USER');
    expect(((await anchors()).body['items'] as Json[])[0]).toMatchObject({ matches: false });
    expect(await faultOf(await exported())).toBe('LOG_ALTERED');
  });
}
