import { randomUUID } from 'node:crypto';
import { Config } from '../config/index.js';
import { AT_ONCE } from './domain/limits.js';
import { Exchange } from './index.js';
import { ForgetLetters } from './storage/forget-letters.handler.js';
import { door } from './testing/door.js';
import { edgeBefore, narrowEdge } from './testing/edge.js';
import { forgetting } from './testing/forgetting.js';
import { register, startNode, stopNodes, until } from './testing/exchange-node.js';
import { inParts } from './testing/in-parts.js';
import { replacedKeys } from './testing/replaced-keys.js';
import { setAside } from './testing/set-aside.js';
import {
  core,
  delivered,
  handler,
  index,
  notes,
  object,
  outbox,
  outboxStatus,
  receiptIn,
  recipient,
  resetWorld,
  restartRecipient,
  send,
  sender,
  startWorld,
  storedBody,
  supplier,
} from './testing/world.js';

beforeAll(startWorld);
beforeEach(resetWorld);
afterAll(stopNodes);

describe('delivery', () => {
  it('brings an envelope to its handler once, and back a signed receipt', async () => {
    const id = await send('hello');
    await delivered(id);
    expect(await notes()).toEqual(['hello']);
    const row = await outbox(id);
    expect(row).toMatchObject({ outcome: 'HANDLED', emptied: true, attempts: 1 });
    expect(await receiptIn(row['receipt'] as string)).toMatchObject({
      envelope: id,
      from: 1,
      to: 2,
      outcome: 'HANDLED',
    });
    const [inbox] = await recipient.query('SELECT * FROM exchange_inbox');
    expect(inbox).toMatchObject({ id, status: 'HANDLED', hash: row['hash'] });
  });

  it('reveals nothing in the tables', async () => {
    supplier.endpoint = 'http://127.0.0.1:1';
    await index();
    const id = await send('the price is 107.50');
    await until(async () => (await outbox(id))['last_error'] === 'ECONNREFUSED');
    const [row] = await sender.query<{ text: string; body: Buffer }>(
      'SELECT exchange_outbox::text AS text, body FROM exchange_outbox',
    );
    expect(row!.text + row!.body.toString('latin1')).not.toContain('107.50');
  });

  it('leaves once the submission is included, and never when it failed', async () => {
    const [included, refused] = [randomUUID(), randomUUID()];
    const submission = `INSERT INTO submissions (id, act, subject_type, subject_id, account, call_to, call_data)
      VALUES ($1, 'postOrder', 'order', '', '', '', '')`;
    for (const id of [included, refused]) await sender.query(submission, [id]);
    const ids = [await send('after', { after: included }), await send('never', { after: refused, about: 2 })];
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(await Promise.all(ids.map(outboxStatus))).toEqual(['WAITING', 'WAITING']);
    await sender.query(
      `UPDATE submissions SET status = 'INCLUDED', nonce = 1, raw = '', tx = '', block = $2 WHERE id = $1`,
      [included, sender.head.current().number + 1],
    );
    await sender.query(`UPDATE submissions SET status = 'REFUSED' WHERE id = $1`, [refused]);
    await until(async () => (await outboxStatus(ids[1]!)) === 'DROPPED');
    expect(await outboxStatus(ids[0]!)).toBe('WAITING');
    recipient.head.advance();
    sender.head.advance();
    await delivered(ids[0]!);
    expect(await notes()).toEqual(['after']);
  });

  it('leaves after all when the chain loses the block in which its submission failed, and takes it', async () => {
    const [lost, final] = [randomUUID(), randomUUID()];
    const { number } = sender.head.current();
    for (const id of [lost, final]) {
      await sender.query(
        `INSERT INTO submissions (id, act, subject_type, subject_id, account, call_to, call_data, status, nonce, raw, tx, block)
         VALUES ($1, 'postOrder', 'order', '', '', '', '', 'REVERTED', $2, '', '', $3)`,
        [id, id === lost ? 1 : 2, id === lost ? number : number - 1],
      );
    }
    const ids = [await send('after all', { after: lost }), await send('never', { after: final, about: 2 })];
    for (const id of ids) await until(async () => (await outboxStatus(id)) === 'DROPPED');
    await sender.query(`INSERT INTO indexer_blocks VALUES ($1, '', 0)`, [number]);
    await sender.app.get(ForgetLetters, { strict: false }).handle();
    expect([await outbox(ids[0]!), await outbox(ids[1]!)]).toMatchObject([{ emptied: false }, { emptied: true }]);

    await sender.query(`UPDATE submissions SET status = 'SENT', block = NULL`);
    await until(async () => (await outboxStatus(ids[0]!)) === 'WAITING');
    await sender.query(`UPDATE submissions SET status = 'INCLUDED', block = $1`, [number]);
    await delivered(ids[0]!);
    expect(await notes()).toEqual(['after all']);
    expect(await outboxStatus(ids[1]!)).toBe('DROPPED');
  });

  it('is tried for all its time from when its submission is included, however long the chain stood', async () => {
    const after = randomUUID();
    await sender.query(
      `INSERT INTO submissions (id, act, subject_type, subject_id, account, call_to, call_data)
       VALUES ($1, 'postOrder', 'order', '', '', '', '')`,
      [after],
    );
    handler().faults.set('late', 'early');
    const id = await send('late', { after });
    await sender.query('UPDATE exchange_outbox SET deadline = now()');
    await sender.query(
      `UPDATE submissions SET status = 'INCLUDED', nonce = 1, raw = '', tx = '', block = $2 WHERE id = $1`,
      [after, sender.head.current().number],
    );
    await until(async () => (await outbox(id))['last_error'] === 'ENVELOPE_NOT_NOW');
    expect(await outboxStatus(id)).toBe('READY');
    handler().faults.clear();
    await delivered(id);
  });

  it('keeps the order about one object, and holds up no other object', async () => {
    handler().faults.set('a1', 'early');
    const first = await send('a1');
    await until(async () => (await outbox(first))['last_error'] === 'ENVELOPE_NOT_NOW');
    const later = [await send('a2'), await send('a3')];
    await delivered(await send('b1', { about: 2 }));
    expect(await notes()).toEqual(['b1']);
    handler().faults.clear();
    await Promise.all([first, ...later].map(delivered));
    expect(await notes()).toEqual(['b1', 'a1', 'a2', 'a3']);
  });

  it('goes on after an envelope that is refused for good', async () => {
    handler().faults.set('bad', 'refuse');
    const [bad, good] = [await send('bad'), await send('good')];
    await Promise.all([bad, good].map(delivered));
    expect(await notes()).toEqual(['good']);
    expect(await outbox(bad)).toMatchObject({ outcome: 'SET_ASIDE' });
    expect(await receiptIn((await outbox(bad))['receipt'] as string)).toMatchObject({ reason: 'NOTE_REFUSED' });
  });

  it('refuses nothing for good for a minute after the chain lost blocks: what it rests on may come again', async () => {
    // And again each half minute: it is not to be over while the test has not come so far.
    await recipient.query(
      `INSERT INTO event_rewinds (to_block, at)
       SELECT 5, now() + n * interval '30 seconds' FROM generate_series(0, 20) n`,
    );
    handler().faults.set('early', 'refuse').set('wrong', 'refuse');
    const [early, wrong] = [await send('early'), await send('wrong', { about: 2 })];
    for (const id of [early, wrong]) await until(async () => (await outbox(id))['last_error'] === 'ENVELOPE_NOT_NOW');
    handler().faults.delete('early');
    await delivered(early);
    expect(await notes()).toEqual(['early']);
    expect(await outboxStatus(wrong)).toBe('READY');
    await recipient.query(`UPDATE event_rewinds SET at = now() - interval '61 seconds'`);
    await delivered(wrong);
    expect(await outbox(wrong)).toMatchObject({ outcome: 'SET_ASIDE' });
  });

  it('keeps letters as evidence for as long as the settings say, and those that wait for somebody longer', async () => {
    const [old, waiting] = [await send('old'), await send('waiting', { about: 2 })];
    handler().faults.set('wrong', 'refuse');
    const wrong = await send('wrong', { about: 3 });
    await Promise.all([old, waiting, wrong].map(delivered));
    const young = await send('young', { about: 4 });
    await delivered(young);
    const days = recipient.app.get(Config).letterRetentionDays;
    const age = [`${days} days 1 minute`, young];
    await recipient.query('UPDATE exchange_inbox SET settled_at = settled_at - $1::interval WHERE id <> $2', age);
    await sender.query('UPDATE exchange_outbox SET settled_at = settled_at - $1::interval WHERE id <> $2', age);
    await sender.query(`UPDATE exchange_outbox SET status = 'SET_ASIDE' WHERE id = $1`, [waiting]);
    for (const node of [sender, recipient]) await node.app.get(ForgetLetters, { strict: false }).handle();
    const ids = (rows: { id: string }[]) => rows.map(({ id }) => id).sort();
    expect(ids(await recipient.query('SELECT id FROM exchange_inbox'))).toEqual([wrong, young].sort());
    expect(ids(await sender.query('SELECT id FROM exchange_outbox'))).toEqual([waiting, young].sort());
  });

  it('tries again after a defect of the handler, whose effect is undone', async () => {
    handler().faults.set('oops', 'crash');
    const id = await send('oops');
    await until(async () => ((await outbox(id))['attempts'] as number) >= 2);
    expect(await notes()).toEqual([]);
    handler().faults.clear();
    await delivered(id);
    expect(await notes()).toEqual(['oops']);
  });

  it('waits for a counterparty that is down, and delivers when it is back', async () => {
    const { port } = new URL(recipient.url);
    const { databaseUrl } = recipient;
    await recipient.halt();
    const ids = [await send('one'), await send('two', { about: 2 }), await send('three')];
    await until(async () => (await outbox(ids[0]!))['last_error'] === 'ECONNREFUSED');
    await restartRecipient({ port: Number(port), databaseUrl });
    await index();
    await Promise.all(ids.map(delivered));
    expect((await notes()).sort()).toEqual(['one', 'three', 'two']);
    expect((await notes()).indexOf('three')).toBeGreaterThan((await notes()).indexOf('one'));
  });

  it('leaves a counterparty alone whose edge says that its node is down, and delivers when it is back', async () => {
    let asked = 0;
    let down = true;
    const edge = await edgeBefore(recipient.url, (incoming, outgoing) => {
      asked++;
      if (down) {
        incoming.resume();
        outgoing.writeHead(502).end('{"code":"EDGE_NODE_UNREACHABLE"}');
      }
      return down;
    });
    supplier.endpoint = edge.url;
    await index();
    const ids = await Promise.all(Array.from({ length: 20 }, (_, n) => send(`letter ${n}`, { about: n + 1 })));
    await until(() => asked > 0);
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    // As many as are under way at once, then one after each pause.
    expect(asked).toBeLessThanOrEqual(AT_ONCE + 5);
    const tried = (await Promise.all(ids.map(outbox))).filter((row) => row['last_error'] !== null);
    expect(new Set(tried.map((row) => row['last_error']))).toEqual(new Set(['EDGE_NODE_UNREACHABLE']));
    down = false;
    await Promise.all(ids.map(delivered));
    supplier.endpoint = recipient.url;
    await index();
    edge.close();
  });

  it('delivers what goes through though older letters, as many as are under way at once, do not', async () => {
    const edge = await narrowEdge(recipient.url, 100_000);
    supplier.endpoint = edge.url;
    await index();
    const large = 'x'.repeat(100_000);
    const stuck = await Promise.all(Array.from({ length: AT_ONCE + 1 }, (_, n) => send(large, { about: n + 10 })));
    await until(async () => (await outbox(stuck[0]!))['last_error'] !== null);
    await sender.query('UPDATE exchange_outbox SET attempts = 1, next_attempt_at = now() WHERE attempts = 0');
    await delivered(await send('small', { about: 9 }));
    expect(await notes()).toEqual(['small']);
    supplier.endpoint = recipient.url;
    await index();
    edge.close();
    await Promise.all(stuck.map(delivered));
  });

  it('has one effect when the answer is lost after the effect', async () => {
    const id = await send('once');
    await delivered(id);
    const { receipt } = await outbox(id);
    await sender.query(
      `UPDATE exchange_outbox SET status = 'READY', receipt = NULL, leased_until = NULL WHERE id = $1`,
      [id],
    );
    await sender.query('UPDATE exchange_outbox SET body = $1 WHERE id = $2', [await storedBody(id, 'once'), id]);
    await delivered(id);
    expect(await notes()).toEqual(['once']);
    expect((await outbox(id))['receipt']).toBe(receipt);
  });

  it('goes on where a process that died left off', async () => {
    supplier.endpoint = null;
    await index();
    const id = await send('orphan');
    await until(async () => (await outbox(id))['last_error'] === 'NO_ENDPOINT');
    await sender.query(
      `UPDATE exchange_outbox SET leased_until = now() + interval '1 second', next_attempt_at = now() WHERE id = $1`,
      [id],
    );
    supplier.endpoint = recipient.url;
    await index();
    await delivered(id);
    expect(await notes()).toEqual(['orphan']);
  });

  it('believes no receipt that the recipient did not sign', async () => {
    const liar = await startNode({ ...register(2, 'supplier-1') });
    await liar.know([core, { ...supplier, keys: supplier.keys }]);
    supplier.endpoint = liar.url;
    await index();
    const id = await send('for you alone');
    await until(async () => (await outbox(id))['last_error'] !== null);
    expect(await outboxStatus(id)).toBe('READY');
    supplier.endpoint = recipient.url;
    await index();
    await delivered(id);
  });

  it('refuses to send what is too large, what nobody handles, and outside of a unit of work', async () => {
    await expect(send('x'.repeat(8 * 1024 * 1024))).rejects.toThrow('ENVELOPE_TOO_LARGE');
    await expect(send('x', { type: 'test.unknown' })).rejects.toThrow('no node has a handler');
    const outgoing = { to: 2, type: 'test.note', object: object(1), body: {} };
    await expect(sender.app.get(Exchange, { strict: false }).send(outgoing)).rejects.toThrow('unit of work');
  });

  it('takes what is as large as can be sent', async () => {
    const id = await send('x'.repeat(7 * 1024 * 1024));
    await delivered(id);
    expect((await notes())[0]).toHaveLength(7 * 1024 * 1024);
  });
});

door();
inParts();
replacedKeys();
setAside();
forgetting();
