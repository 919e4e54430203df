import { Exchange } from '../index.js';
import { until, type ExchangeNode } from './exchange-node.js';
import {
  members,
  delivered,
  handler,
  index,
  notes,
  object,
  outbox,
  outboxStatus,
  recipient,
  send,
  sender,
  supplier,
} from './world.js';

/** Tests of what is not handled: of suspended members, and what an operator does with it. */
export function setAside(): void {
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

  it('amid a rebuild nothing is set aside for a member that was suspended once', async () => {
    const who = members().find((each) => each.name === 'supplier-1')!;
    who.suspended = true;
    await index();
    await sender.query('UPDATE indexer_checkpoint SET was_number = 1, was_hash = hash');
    const id = await send('sent meanwhile');
    await until(async () => (await outbox(id))['last_error'] === 'MEMBER_SUSPENDED');
    expect(await outboxStatus(id)).not.toBe('SET_ASIDE');
    who.suspended = false;
    await index();
    await sender.query('UPDATE indexer_checkpoint SET was_number = NULL, was_hash = NULL');
    await sender.query('UPDATE exchange_outbox SET next_attempt_at = now() WHERE id = $1', [id]);
    await delivered(id);
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
      const waits = (type = 'test.note', about = 1, from = 1) =>
        recipient.app.get(Exchange, { strict: false }).isSetAsideFrom(from, type, object(about));
      handler().faults.set('later', 'refuse');
      await delivered(await send('later'));
      expect(await waits()).toBe(true);
      expect(await Promise.all([waits('test.duty'), waits('test.note', 2), waits('test.note', 1, 2)])).not.toContain(
        true,
      );
      const [item] = await listed(recipient);
      expect(item).toMatchObject({ direction: 'IN', member: 'core', type: 'test.note' });
      expect(item!['reason']).toMatchObject({ code: 'NOTE_REFUSED', detail: 'as told' });
      const path = `/${String(item!['id'])}/retry`;
      expect(await call(recipient, 'POST', path)).toMatchObject({ status: 422, body: { code: 'NOTE_REFUSED' } });
      expect(await listed(recipient)).toHaveLength(1);
      handler().faults.clear();
      expect(await call(recipient, 'POST', path)).toMatchObject({ status: 200 });
      expect(await notes()).toEqual(['later']);
      expect(await waits()).toBe(false);
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

    it('are listed and discarded though one does not decrypt', async () => {
      handler().faults.set('spoilt', 'refuse').set('sound', 'refuse');
      const ids = [await send('spoilt'), await send('sound', { about: 2 })];
      await Promise.all(ids.map(delivered));
      await recipient.query(`UPDATE exchange_inbox SET signed = '\\x00', reason = '\\x00' WHERE id = $1`, [ids[0]]);
      const items = await listed(recipient);
      expect(items.find(({ envelope }) => envelope === ids[0])).toMatchObject({
        reason: { code: 'NOTE_REFUSED', detail: expect.stringContaining('does not decrypt') },
      });
      expect(items.find(({ envelope }) => envelope === ids[1])).toMatchObject({ reason: { detail: 'as told' } });
      for (const { id } of items)
        expect(await call(recipient, 'DELETE', `/${String(id)}`)).toMatchObject({ status: 200 });
      expect(await listed(recipient)).toEqual([]);
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

    it('include with one to a counterparty that is down all that were to have arrived by now', async () => {
      supplier.endpoint = 'http://127.0.0.1:1';
      await index();
      const [tried, ...others] = [
        await send('one'),
        await send('two', { about: 2 }),
        await send('three', { about: 3 }),
      ];
      const young = await send('young', { about: 4 });
      // None is under way, nor due: an attempt that began before its time was over would set its own aside, and no other.
      await until(async () => {
        const ours = `status = 'READY' AND type = 'test.note'`;
        await sender.query(
          `UPDATE exchange_outbox SET next_attempt_at = now() + interval '10 minutes' WHERE ${ours} AND leased_until IS NULL`,
        );
        const busy = `leased_until IS NOT NULL OR next_attempt_at < now() + interval '5 minutes'`;
        return (await sender.query(`SELECT id FROM exchange_outbox WHERE ${ours} AND (${busy})`)).length === 0;
      });
      await sender.query(`UPDATE exchange_outbox SET deadline = now() WHERE id <> $1`, [young]);
      await sender.query('UPDATE exchange_outbox SET attempts = 100, next_attempt_at = now() WHERE id = $1', [tried]);
      const statuses = (ids: string[]) => Promise.all(ids.map(outboxStatus));
      await until(async () => (await statuses([tried!, ...others])).every((status) => status === 'SET_ASIDE'));
      expect(await outboxStatus(young)).toBe('READY');
    });

    it('are for administrators', async () => {
      const authorization = await recipient.bearer('ORDER_DESK', 'AUDITOR');
      const response = await recipient.app.inject({ url: '/v1/exchange/set-aside', headers: { authorization } });
      expect(response.statusCode).toBe(403);
    });
  });
}
