import { randomUUID } from 'node:crypto';
import { type Hex } from '../kernel/hex.js';
import { UnitOfWork } from '../database/index.js';
import { type Envelope, hashLetter } from './domain/envelope.js';
import { encryptionKey, privateKey, verificationKey } from './domain/message-keys.js';
import { readReceipt } from './domain/receipt.js';
import { seal } from './domain/seal.js';
import { Config } from '../config/index.js';
import { ForgetLetters } from './storage/forget-letters.handler.js';
import { Exchange } from './index.js';
import { publicKeysOf } from '../../../scripts/consortium/keys.js';
import {
  DOMAIN,
  type ExchangeNode,
  keyId,
  register,
  type Registered,
  startNode,
  stopNodes,
  until,
} from './testing/exchange-node.js';
import { DutyHandler, NoteHandler, Notes } from './testing/notes.js';

const object = (n: number): Hex => `0x${n.toString(16).padStart(64, '0')}`;

let core: Registered;
let supplier: Registered;
let sender: ExchangeNode;
let recipient: ExchangeNode;

const members = () => [core, supplier];
/** Both nodes index the registry as it is now, up to the same block. */
async function index(): Promise<void> {
  await Promise.all([sender, recipient].map((node) => node.know(members())));
  const heads = [sender.head, recipient.head];
  const highest = Math.max(...heads.map((head) => head.current().number));
  for (const head of heads) while (head.current().number < highest) head.advance();
}
const notes = () => recipient.app.get(Notes, { strict: false }).texts();
const handler = () => recipient.app.get(NoteHandler, { strict: false });

const send = (
  text: string,
  { about = 1, after, type = 'test.note' }: { about?: number; after?: string; type?: string } = {},
) =>
  sender.app
    .get(UnitOfWork)
    .run(() =>
      sender.app.get(Exchange, { strict: false }).send({ to: 2, type, object: object(about), body: { text }, after }),
    );

const outbox = async (id: string) =>
  (
    await sender.query(
      `SELECT status, outcome, receipt, attempts, last_error, hash, body IS NULL AS emptied
       FROM exchange_outbox WHERE id = $1`,
      [id],
    )
  )[0]!;
const outboxStatus = async (id: string) => (await outbox(id))['status'];
const delivered = (id: string) => until(async () => (await outboxStatus(id)) === 'DELIVERED');

/** An envelope from core to supplier, sealed by the test itself. */
async function sealed(
  change: Partial<Envelope> = {},
  keys = core.keys,
  kid = keyId(1, 1),
  to = { id: keyId(2, 2), publicKey: publicKeysOf(supplier.keys).keys[1]!.publicKey as Hex },
): Promise<[Envelope, string]> {
  const envelope: Envelope = {
    v: 1,
    id: randomUUID(),
    domain: DOMAIN,
    from: 1,
    to: 2,
    type: 'test.note',
    object: object(1),
    body: JSON.stringify({ text: 'by hand' }),
    block: 0,
    sealedAt: new Date().toISOString(),
    ...change,
  };
  const signing = await privateKey(kid, keys.messageSigning);
  return [envelope, await seal(envelope, signing, await encryptionKey(to.id, to.publicKey))];
}

const deliver = async (body: string | Buffer, url = recipient.url) => {
  const headers = { 'content-type': 'application/jose' };
  const response = await fetch(`${url}/exchange/v1/envelopes`, { method: 'POST', headers, body: body as string });
  return { status: response.status, text: await response.text() };
};

const refusal = async (body: string | Buffer) => {
  const { status, text } = await deliver(body);
  return [status, (JSON.parse(text) as { code: string }).code];
};

const receiptIn = async (text: string) => {
  const { publicKey } = publicKeysOf(supplier.keys).keys[0]!;
  return readReceipt(text, await verificationKey(keyId(2, 1), publicKey as Hex));
};

beforeAll(async () => {
  [core, supplier] = [register(1, 'core'), register(2, 'supplier-1')];
  [sender, recipient] = await Promise.all([startNode(core), startNode(supplier)]);
});

beforeEach(async () => {
  for (const node of [sender, recipient])
    await node.query('TRUNCATE exchange_outbox, exchange_inbox, submissions, notes');
  handler().faults.clear();
  Object.assign(core, { endpoint: sender.url, suspended: false });
  Object.assign(supplier, { endpoint: recipient.url, suspended: false });
  await index();
});

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
    await recipient.query('INSERT INTO event_rewinds (to_block) VALUES (5)');
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
    recipient = await startNode(supplier, { port: Number(port), databaseUrl });
    await index();
    await Promise.all(ids.map(delivered));
    expect((await notes()).sort()).toEqual(['one', 'three', 'two']);
    expect((await notes()).indexOf('three')).toBeGreaterThan((await notes()).indexOf('one'));
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

describe('the door', () => {
  it('answers a replay with the same receipt and no effect', async () => {
    const [envelope, body] = await sealed();
    const first = await deliver(body);
    expect(first.status).toBe(200);
    expect(await receiptIn(first.text)).toMatchObject({ envelope: envelope.id, hash: hashLetter(envelope) });
    const again = await Promise.all(Array.from({ length: 5 }, () => deliver(body)));
    expect(new Set(again.map(({ text }) => text))).toEqual(new Set([first.text]));
    expect(await notes()).toEqual(['by hand']);
  });

  it('has one effect of one envelope that comes many times at once', async () => {
    const [, body] = await sealed();
    const answers = await Promise.all(Array.from({ length: 6 }, () => deliver(body)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(await notes()).toEqual(['by hand']);
  });

  it('refuses a signature by another key than it names', async () => {
    const [, body] = await sealed({}, register(1, 'core').keys);
    expect(await refusal(body)).toEqual([401, 'ENVELOPE_FORGED']);
  });

  it('refuses a member that signs for another', async () => {
    const [, body] = await sealed({ from: 1 }, supplier.keys, keyId(2, 1));
    expect(await refusal(body)).toEqual([401, 'ENVELOPE_FORGED']);
  });

  it('refuses a key that nobody has, one of another kind, and a revoked one', async () => {
    expect(await refusal((await sealed({}, core.keys, object(0xabc)))[1])).toEqual([401, 'ENVELOPE_KEY_UNKNOWN']);
    expect(await refusal((await sealed({}, core.keys, keyId(1, 3)))[1])).toEqual([401, 'ENVELOPE_KEY_UNKNOWN']);
    await recipient.know(members(), [keyId(1, 1)]);
    expect(await refusal((await sealed())[1])).toEqual([401, 'ENVELOPE_KEY_REVOKED']);
    expect(await notes()).toEqual([]);
  });

  it('asks to come again while its own signing key is not live, since nobody would believe its receipt', async () => {
    await recipient.know(members(), [keyId(2, 1)]);
    const [, body] = await sealed();
    expect(await refusal(body)).toEqual([503, 'ENVELOPE_NOT_NOW']);
    await index();
    expect((await deliver(body)).status).toBe(200);
    expect(await notes()).toEqual(['by hand']);
  });

  it('refuses what is for another member, or of another consortium', async () => {
    expect(await refusal((await sealed({ to: 3 }))[1])).toEqual([421, 'ENVELOPE_MISDIRECTED']);
    expect(await refusal((await sealed({ domain: object(5) }))[1])).toEqual([421, 'ENVELOPE_MISDIRECTED']);
  });

  it('refuses what was sealed more than five minutes ago or ahead', async () => {
    const at = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
    for (const minutes of [-6, 6]) {
      expect(await refusal((await sealed({ sealedAt: at(minutes) }))[1])).toEqual([400, 'ENVELOPE_CLOCK_SKEW']);
    }
    expect((await deliver((await sealed({ sealedAt: at(-4) }))[1])).status).toBe(200);
  });

  it('refuses what was changed, what is no envelope, and what is too large', async () => {
    const [, body] = await sealed();
    const middle = Math.floor(body.length / 2);
    const changed = body.slice(0, middle) + (body[middle] === 'A' ? 'B' : 'A') + body.slice(middle + 1);
    expect(await refusal(changed)).toEqual([400, 'ENVELOPE_UNREADABLE']);
    expect(await refusal('nonsense')).toEqual([400, 'ENVELOPE_UNREADABLE']);
    expect(await refusal(Buffer.alloc(17 * 1024 * 1024, 'a'))).toEqual([413, 'BODY_TOO_LARGE']);
    expect(await notes()).toEqual([]);
  });

  it('asks to come again when the sender has seen more of the chain', async () => {
    const [, body] = await sealed({ block: recipient.head.current().number + 1 });
    expect(await refusal(body)).toEqual([503, 'ENVELOPE_NOT_NOW']);
    recipient.head.advance();
    expect((await deliver(body)).status).toBe(200);
  });

  it('sets aside what it cannot use, and says so in the receipt', async () => {
    const reasonOf = async (change: Partial<Envelope>) =>
      (await receiptIn((await deliver((await sealed(change))[1])).text))?.reason;
    expect(await reasonOf({ type: 'test.unknown' })).toBe('ENVELOPE_TYPE_UNKNOWN');
    expect(await reasonOf({ body: '{"text":7}' })).toBe('ENVELOPE_MALFORMED');
    expect(await reasonOf({ body: 'not json' })).toBe('ENVELOPE_MALFORMED');
  });

  it('takes only duties from a suspended member', async () => {
    core.suspended = true;
    await recipient.know(members());
    const [, begins] = await sealed();
    expect(await receiptIn((await deliver(begins)).text)).toMatchObject({ reason: 'ENVELOPE_SENDER_SUSPENDED' });
    const [, duty] = await sealed({ type: 'test.duty' });
    expect(await receiptIn((await deliver(duty)).text)).toMatchObject({ outcome: 'HANDLED' });
    expect(recipient.app.get(DutyHandler, { strict: false }).taken).toBe(1);
  });
});

describe('message keys that are replaced', () => {
  const next = register(2, 'supplier-1').keys;
  const [signing, encryption] = publicKeysOf(next).keys.map(({ publicKey }) => publicKey as Hex) as [Hex, Hex];
  const [newSigning, newEncryption] = [keyId(2, 4), keyId(2, 5)];
  const further = [
    { id: newSigning, member: 2, kind: 1, publicKey: signing },
    { id: newEncryption, member: 2, kind: 2, publicKey: encryption },
  ];
  const toNew = { id: newEncryption, publicKey: encryption };
  /** The recipient as it is with another key file, on the same database. */
  const withKeys = (change: Partial<Registered['keys']>) =>
    startNode({ ...supplier, keys: { ...supplier.keys, ...change } }, { databaseUrl: recipient.databaseUrl });

  it('open for as long as the key file keeps them, revoked or not: none that is under way is lost', async () => {
    const former = { messageEncryption: [supplier.keys.messageEncryption] };
    const rotated = await withKeys({ messageEncryption: next.messageEncryption, former });
    const outcome = async (to?: typeof toNew) =>
      (await deliver((await sealed({}, core.keys, keyId(1, 1), to))[1], rotated.url)).status;
    await rotated.know(members());
    expect(await outcome()).toBe(200);
    await rotated.know(members(), [], further);
    expect([await outcome(), await outcome(toNew)]).toEqual([200, 200]);
    await rotated.know(members(), [keyId(2, 2)], further);
    expect([await outcome(), await outcome(toNew)]).toEqual([200, 200]);
    await rotated.halt();
    const bare = await withKeys({ messageEncryption: next.messageEncryption });
    await bare.know(members(), [keyId(2, 2)], further);
    const late = await deliver((await sealed())[1], bare.url);
    expect([late.status, JSON.parse(late.text)]).toEqual([
      401,
      expect.objectContaining({ code: 'ENVELOPE_KEY_UNKNOWN' }),
    ]);
    await bare.halt();
  });

  it('are what the next attempt is sealed to', async () => {
    const rotated = await withKeys({ messageEncryption: next.messageEncryption });
    await rotated.know(members(), [keyId(2, 2)], further);
    Object.assign(supplier, { endpoint: rotated.url });
    await sender.know(members());
    const id = await send('sealed anew');
    await until(async () => (await outbox(id))['last_error'] === 'ENVELOPE_KEY_UNKNOWN');
    await sender.know(members(), [keyId(2, 2)], further);
    while (rotated.head.current().number < sender.head.current().number) rotated.head.advance();
    await delivered(id);
    expect(await notes()).toEqual(['sealed anew']);
    await rotated.halt();
  });

  it('sign side by side until the old one is revoked', async () => {
    const own = register(1, 'core').keys;
    const added = { id: keyId(1, 4), member: 1, kind: 1, publicKey: publicKeysOf(own).keys[0]!.publicKey as Hex };
    const status = async (keys = core.keys, kid = keyId(1, 1)) =>
      (await deliver((await sealed({}, keys, kid))[1])).status;
    await recipient.know(members(), [], [added]);
    expect([await status(), await status(own, added.id)]).toEqual([200, 200]);
    await recipient.know(members(), [keyId(1, 1)], [added]);
    expect([await status(), await status(own, added.id)]).toEqual([401, 200]);
  });

  it('sign the receipt of a repeat anew when the key of the first counts no more', async () => {
    const [, body] = await sealed();
    const first = await deliver(body);
    const given = await receiptIn(first.text);
    const rotated = await withKeys({ messageSigning: next.messageSigning });
    await rotated.know(members(), [keyId(2, 1)], further);
    const again = await deliver(body, rotated.url);
    expect(await receiptIn(again.text)).toBeUndefined();
    expect(await readReceipt(again.text, await verificationKey(newSigning, signing))).toEqual(given);
    expect(await notes()).toEqual(['by hand']);
    await rotated.halt();
  });
});

describe('a suspended member', () => {
  const reasonOf = async (id: string) => (await outbox(id))['last_error'];
  const retried = async (id: string) => {
    const { items } = (await sender.app.inject({ url: '/v1/exchange/set-aside', headers: await admin() })).json<{
      items: { id: string; envelope: string }[];
    }>();
    const url = `/v1/exchange/set-aside/${items.find(({ envelope }) => envelope === id)!.id}/retry`;
    expect((await sender.app.inject({ method: 'POST', url, headers: await admin() })).statusCode).toBe(200);
  };
  const admin = async () => ({ authorization: await sender.bearer('ADMIN') });

  it.each(['supplier-1', 'core'])('%s: gets and sends duties alone, until it is reinstated', async (name) => {
    const who = members().find((each) => each.name === name)!;
    who.suspended = true;
    await index();
    const begins = await send('something new');
    await until(async () => (await outboxStatus(begins)) === 'SET_ASIDE');
    expect(await reasonOf(begins)).toBe('MEMBER_SUSPENDED');
    await delivered(await send('what is owed', { type: 'test.duty' }));
    expect(await notes()).toEqual([]);
    who.suspended = false;
    await index();
    await retried(begins);
    await delivered(begins);
    expect(await notes()).toEqual(['something new']);
  });
});

describe('envelopes set aside', () => {
  const call = async (node: ExchangeNode, method: 'GET' | 'POST' | 'DELETE', path = '') => {
    const authorization = await node.bearer('ADMIN');
    const url = `/v1/exchange/set-aside${path}`;
    const response = await node.app.inject({ method, url, headers: { authorization } });
    return { status: response.statusCode, body: response.json<Record<string, unknown>>() };
  };
  const listed = async (node: ExchangeNode) => (await call(node, 'GET')).body['items'] as Record<string, unknown>[];

  it('are listed with their reason, and handled once it is gone', async () => {
    handler().faults.set('later', 'refuse');
    await delivered(await send('later'));
    const [item] = await listed(recipient);
    expect(item).toMatchObject({ direction: 'IN', member: 'core', type: 'test.note' });
    expect(item!['reason']).toMatchObject({ code: 'NOTE_REFUSED', detail: 'as told' });
    const path = `/${String(item!['id'])}/retry`;
    expect(await call(recipient, 'POST', path)).toMatchObject({ status: 422, body: { code: 'NOTE_REFUSED' } });
    expect(await listed(recipient)).toHaveLength(1);
    handler().faults.clear();
    expect(await call(recipient, 'POST', path)).toMatchObject({ status: 200 });
    expect(await notes()).toEqual(['later']);
    expect(await listed(recipient)).toEqual([]);
    expect(await call(recipient, 'POST', path)).toMatchObject({
      status: 404,
      body: { code: 'ENVELOPE_NOT_SET_ASIDE' },
    });
  });

  it('are discarded with their content', async () => {
    handler().faults.set('junk', 'refuse');
    await delivered(await send('junk'));
    const [item] = await listed(recipient);
    expect(await call(recipient, 'DELETE', `/${String(item!['id'])}`)).toMatchObject({ status: 200 });
    expect(await recipient.query('SELECT status, signed, reason FROM exchange_inbox')).toEqual([
      { status: 'DISCARDED', signed: null, reason: null },
    ]);
    expect(await call(recipient, 'DELETE', '/in-99')).toMatchObject({ status: 404 });
  });

  it('include what could not be delivered in time, which can be tried again', async () => {
    supplier.endpoint = 'http://127.0.0.1:1';
    await index();
    const id = await send('stuck');
    await sender.query(`UPDATE exchange_outbox SET deadline = now() WHERE id = $1`, [id]);
    await until(async () => (await outboxStatus(id)) === 'SET_ASIDE');
    const [item] = await listed(sender);
    expect(item).toMatchObject({ direction: 'OUT', member: 'supplier-1', envelope: id });
    supplier.endpoint = recipient.url;
    await index();
    expect(await call(sender, 'POST', `/${String(item!['id'])}/retry`)).toMatchObject({ status: 200 });
    await delivered(id);
    expect(await notes()).toEqual(['stuck']);
  });

  it('are for administrators', async () => {
    const authorization = await recipient.bearer('ORDER_DESK', 'AUDITOR');
    const response = await recipient.app.inject({ url: '/v1/exchange/set-aside', headers: { authorization } });
    expect(response.statusCode).toBe(403);
  });
});

async function storedBody(id: string, text: string): Promise<Buffer> {
  const { AtRest } = await import('../kernel/at-rest.js');
  return new AtRest(core.keys.vault, 'exchange').encrypt(id, JSON.stringify({ text }));
}
