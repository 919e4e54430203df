import { UnitOfWork } from '../../database/index.js';
import { toBytes } from '../../kernel/hex.js';
import { RetrySetAside } from '../commands/retry-set-aside.js';
import { Exchange } from '../index.js';
import { EnvelopeHandlers } from '../receiving/handlers.js';
import { Inbox } from '../storage/inbox.js';
import { type ExchangeNode, until } from './exchange-node.js';
import {
  delivered,
  handler,
  index,
  notes,
  object,
  outboxStatus,
  recipient,
  sealed,
  send,
  sender,
  supplier,
} from './world.js';

const forget = (node: ExchangeNode, ...objects: number[]) =>
  node.app.get(UnitOfWork).run(() => node.app.get(Exchange, { strict: false }).forget(objects.map(object), [1, 2]));

const kept = async (id: string) =>
  (await recipient.query('SELECT status, signed IS NOT NULL AS kept FROM exchange_inbox WHERE id = $1', [id]))[0];

/** How many wait for a lock at the sender's: tables of other databases of the server have the same number. */
const waiting = async () =>
  (
    await sender.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM pg_locks
       WHERE NOT granted AND relation = 'exchange_forgotten'::regclass
         AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    )
  )[0]!.n;

/** Tests of what is left of letters when what they brought is erased. */
export function forgetting(): void {
  describe('what was erased', () => {
    it('is in no letter any more, whatever else came with it, and in none that comes later', async () => {
      const [both, other] = [await send('both', { also: [1, 2] }), await send('other', { about: 3, also: [4] })];
      await Promise.all([both, other].map(delivered));
      expect(await forget(recipient, 2)).toBeUndefined();
      expect(await kept(both)).toEqual({ status: 'HANDLED', kept: false });
      expect(await kept(other)).toEqual({ status: 'HANDLED', kept: true });

      handler().faults.set('bad', 'refuse');
      const [again, bad] = [await send('again', { also: [1, 2] }), await send('bad', { about: 2 })];
      await Promise.all([again, bad].map(delivered));
      expect(await kept(again)).toEqual({ status: 'HANDLED', kept: false });
      expect(await kept(bad)).toEqual({ status: 'DISCARDED', kept: false });
      const told = await recipient.query(
        `SELECT FROM event_news WHERE type = 'envelope.set-aside' AND data->>'envelope' = $1`,
        [bad],
      );
      expect(told).toHaveLength(1);
      expect(await notes()).toEqual(expect.arrayContaining(['both', 'other', 'again']));
    });

    it('waits for a letter that is not delivered or set aside, and says which', async () => {
      handler().faults.set('odd', 'refuse');
      await delivered(await send('odd', { also: [2] }));
      expect(await forget(recipient, 2)).toMatchObject({ type: 'test.note', setAside: expect.stringMatching(/^in-/) });

      supplier.endpoint = 'http://127.0.0.1:1';
      await index();
      const id = await send('stuck', { about: 5, also: [6] });
      expect(await forget(sender, 6)).toEqual({ envelope: id, type: 'test.note', setAside: null });
      expect(await forget(sender, 7)).toBeUndefined();
      await sender.query(`UPDATE exchange_outbox SET deadline = now() WHERE id = $1`, [id]);
      await until(async () => (await outboxStatus(id)) === 'SET_ASIDE');
      expect(await forget(sender, 6)).toMatchObject({ envelope: id, setAside: expect.stringMatching(/^out-/) });
    });

    it('is in no letter whose type this node learnt after it came, be it taken in since or not', async () => {
      const types = recipient.app.get(EnvelopeHandlers, { strict: false })['byType'];
      const known = types.get('test.note')!;
      types.delete('test.note');
      const [taken, waits] = [await send('taken', { also: [2] }), await send('waits', { also: [3] })];
      const early = await send('early', { also: [4] });
      await Promise.all([taken, waits, early].map(delivered));
      expect(await forget(recipient, 4)).toBeUndefined();
      expect(await kept(taken)).toEqual({ status: 'SET_ASIDE', kept: true });

      types.set('test.note', known);
      const retry = async (id: string) => {
        const [row] = await recipient.query<{ seq: string }>('SELECT seq FROM exchange_inbox WHERE id = $1', [id]);
        const retries = recipient.app.get(RetrySetAside, { strict: false });
        return recipient.app.get(UnitOfWork).run(() => retries.retry(`in-${row!.seq}`));
      };
      await Promise.all([taken, early].map(retry));
      expect(await kept(taken)).toEqual({ status: 'HANDLED', kept: true });
      expect(await kept(early)).toEqual({ status: 'HANDLED', kept: false });
      expect(await forget(recipient, 2)).toBeUndefined();
      expect(await kept(taken)).toEqual({ status: 'HANDLED', kept: false });
      expect(await forget(recipient, 3)).toMatchObject({ envelope: waits, setAside: expect.stringMatching(/^in-/) });
    });

    it('is not held up by who is nothing to it', async () => {
      handler().faults.set('stranger', 'refuse');
      const id = await send('stranger', { about: 8, also: [2] });
      await delivered(id);
      const exchange = recipient.app.get(Exchange, { strict: false });
      const unit = recipient.app.get(UnitOfWork);
      expect(await unit.run(() => exchange.forget([object(2)], [1]))).toMatchObject({ envelope: id });
      expect(await kept(id)).toEqual({ status: 'SET_ASIDE', kept: true });
      expect(await unit.run(() => exchange.forget([object(2)], [3]))).toBeUndefined();
      expect(await kept(id)).toEqual({ status: 'DISCARDED', kept: false });
    });

    it('leaves in no letter that was being written: who comes second sees who came first', async () => {
      const unit = sender.app.get(UnitOfWork);
      const exchange = sender.app.get(Exchange, { strict: false });
      let erase!: () => void;
      const looked = new Promise<void>((resolve) => (erase = resolve));
      let began!: () => void;
      const erasing = new Promise<void>((resolve) => (began = resolve));
      const erased = unit.run(async () => {
        await exchange.forget([object(9)], [1, 2]);
        began();
        await looked;
      });
      await erasing;
      const body = { text: 'shown', also: [object(9)] };
      const sent = unit.run(() => exchange.send({ to: 2, type: 'test.note', object: object(1), body }));
      sent.catch(() => undefined);
      await until(async () => (await waiting()) > 0);
      erase();
      await erased;
      await expect(sent).rejects.toMatchObject({ code: 'TRY_AGAIN' });

      let send!: () => void;
      const written = new Promise<void>((resolve) => (send = resolve));
      let holding!: () => void;
      const held = new Promise<void>((resolve) => (holding = resolve));
      const sending = unit.run(async () => {
        await exchange.holdErasures();
        await exchange.send({
          to: 2,
          type: 'test.note',
          object: object(1),
          body: { text: 'first', also: [object(10)] },
        });
        holding();
        await written;
      });
      await held;
      const second = forget(sender, 10);
      await until(async () => (await waiting()) > 0);
      send();
      await sending;
      await second;
    });

    it('waits for an arrival that is being noted', async () => {
      const unit = recipient.app.get(UnitOfWork);
      const arrival = {
        carries: [],
        signed: '',
        signer: object(0),
        hash: object(0),
        receipt: '',
        receivedAt: new Date(),
        block: 0,
        outcome: 'HANDLED',
      } as const;
      const [envelope] = await sealed();
      await unit.run(async () => {
        await recipient.app.get(Inbox, { strict: false }).add({ ...arrival, envelope });
        const locks = await unit.manager.query<unknown[]>(
          `SELECT FROM pg_locks WHERE pid = pg_backend_pid() AND relation = 'exchange_forgotten'::regclass AND mode = 'RowShareLock'`,
        );
        expect(locks).toHaveLength(1);
      });
    });

    it('is found by an index, whatever else the boxes hold', async () => {
      await recipient.query(
        `INSERT INTO exchange_inbox (from_member, id, type, object, hash, signer, status, receipt, received_at, received_block, carries, signed)
         SELECT 1, gen_random_uuid(), 'test.note', sha256(n::text::bytea), '', '', 'HANDLED', '', now(), 0, '{}', '' FROM generate_series(1, 20000) n`,
      );
      await recipient.query('ANALYZE exchange_inbox');
      const plan = async (table: string, content: string) =>
        JSON.stringify(
          await recipient.query(
            `EXPLAIN SELECT seq FROM ${table} WHERE (object = ANY($1) OR carries && $1) AND ${content} IS NOT NULL`,
            [[toBytes(object(1))]],
          ),
        );
      expect(await plan('exchange_inbox', 'signed')).toMatch(/exchange_inbox_object.*exchange_inbox_carries/);
      const id = await send('one', { also: [2] });
      await delivered(id);
      await sender.query(
        `INSERT INTO exchange_outbox (id, to_member, type, object, body, hash, status, deadline, carries)
         SELECT gen_random_uuid(), 9, 'test.note', sha256(n::text::bytea), '', '', 'READY', now(), '{}' FROM generate_series(1, 20000) n`,
      );
      await sender.query('ANALYZE exchange_outbox');
      const outgoing = JSON.stringify(
        await sender.query(
          `EXPLAIN SELECT seq FROM exchange_outbox WHERE (object = ANY($1) OR carries && $1) AND body IS NOT NULL`,
          [[toBytes(object(1))]],
        ),
      );
      expect(outgoing).toMatch(/exchange_outbox_object.*exchange_outbox_carries/);
    });
  });
}
