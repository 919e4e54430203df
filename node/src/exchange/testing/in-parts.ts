import { jest } from '@jest/globals';
import { UnitOfWork } from '../../database/index.js';
import { toHex } from '../../kernel/hex.js';
import { Exchange } from '../index.js';
import { Delivery } from '../sending/delivery.js';
import { WriteLetter } from '../sending/write-letter.js';
import type { Claimed } from '../storage/outbox.js';
import { until } from './exchange-node.js';
import { SheafHandler } from './notes.js';
import { delivered, handler, index, notes, object, outbox, recipient, sender, supplier } from './world.js';

/** A letter with these notes, each about an object of its own. */
const sheaf = (...texts: string[]) => {
  const outgoing = {
    ...{ to: 2, type: 'test.sheaf', object: object(1) },
    body: { notes: texts.map((text, i) => ({ object: object(i + 1), text })) },
  };
  return sender.app.get(UnitOfWork).run(() => sender.app.get(Exchange, { strict: false }).send(outgoing));
};

const sorted = async () => (await notes()).sort();

interface Row {
  readonly seq: string;
  readonly body: Buffer;
  readonly hash: Buffer;
}

/** The same, not sent: nobody takes it from the outbox until it is attempted. */
async function claimed(...texts: string[]): Promise<Claimed> {
  supplier.endpoint = null;
  await index();
  const id = await sheaf(...texts);
  // And none is under way any more, which would set when the next is due.
  await until(async () => {
    await sender.query(
      `UPDATE exchange_outbox SET next_attempt_at = now() + interval '10 minutes'
       WHERE id = $1 AND last_error = 'NO_ENDPOINT' AND leased_until IS NULL`,
      [id],
    );
    const idle = `leased_until IS NULL AND next_attempt_at > now() + interval '5 minutes'`;
    return (await sender.query(`SELECT FROM exchange_outbox WHERE id = $1 AND ${idle}`, [id])).length > 0;
  });
  const [row] = await sender.query<Row>('SELECT seq, body, hash FROM exchange_outbox WHERE id = $1', [id]);
  supplier.endpoint = recipient.url;
  await index();
  const { seq, body, hash } = row!;
  return {
    ...{ seq: Number(seq), id, to: 2, type: 'test.sheaf', object: object(1) },
    body,
    hash: toHex(hash),
    attempts: 2,
  };
}

/** Tests of letters that bring several things, not all of which can be taken in. */
export function inParts(): void {
  describe('a letter of several parts', () => {
    it('is taken in as one', async () => {
      const id = await sheaf('a', 'b');
      await delivered(id);
      expect(await outbox(id)).toMatchObject({ outcome: 'HANDLED', emptied: true });
      expect(await notes()).toEqual(['a', 'b']);
    });

    it('comes in letters of its parts where one cannot be taken in, which keeps none of the others', async () => {
      handler().faults.set('b', 'early');
      const id = await sheaf('a', 'b', 'c');
      await delivered(id);
      expect(await outbox(id)).toMatchObject({ outcome: 'IN_PARTS', emptied: true });
      await until(async () => (await notes()).length === 2);
      const rows = await recipient.query('SELECT status, signed, reason FROM exchange_inbox WHERE id = $1', [id]);
      expect(rows).toEqual([{ status: 'DISCARDED', signed: null, reason: null }]);
      handler().faults.clear();
      await until(async () => (await notes()).length === 3);
      expect(await sorted()).toEqual(['a', 'b', 'c']);
      expect((await sender.query('SELECT FROM exchange_outbox')).length).toBe(4);
    });

    it('counts in its sender’s day, as its parts do', async () => {
      handler().faults.set('b', 'refuse');
      await delivered(await sheaf('a', 'b'));
      await until(
        async () => (await sender.query(`SELECT FROM exchange_outbox WHERE status <> 'DELIVERED'`)).length === 0,
      );
      // Of two days, where one ends here.
      const [{ bytes }] = (await recipient.query('SELECT sum(bytes)::int AS bytes FROM exchange_arrivals')) as [
        { bytes: number },
      ];
      const [{ kept }] = (await recipient.query(
        'SELECT sum(octet_length(signed) - 28)::int AS kept FROM exchange_inbox',
      )) as [{ kept: number }];
      expect(bytes).toBeGreaterThan(1.3 * kept);
    });

    it('comes in parts once, though two are told so, or one dies while it writes them', async () => {
      handler().faults.set('b', 'refuse');
      const letter = await claimed('a', 'b', 'c');
      const delivery = sender.app.get(Delivery, { strict: false });
      const letters = sender.app.get(WriteLetter, { strict: false });
      // The second part is the one at which it dies.
      const { write } = letters;
      let written = 0;
      const dying = jest.spyOn(letters, 'write').mockImplementation((...part) => {
        return ++written === 2 ? Promise.reject(new Error('it dies')) : write.apply(letters, part);
      });
      await expect(delivery.attempt(letter)).rejects.toThrow('it dies');
      dying.mockRestore();
      expect(await outbox(letter.id)).toMatchObject({ status: 'READY', emptied: false });
      await Promise.all([delivery.attempt(letter), delivery.attempt(letter)]);
      await until(
        async () => (await sender.query(`SELECT FROM exchange_outbox WHERE status <> 'DELIVERED'`)).length === 0,
      );
      expect(await sorted()).toEqual(['a', 'c']);
      expect((await sender.query('SELECT FROM exchange_outbox')).length).toBe(4);
    });

    it('comes in the same parts when its sender’s database goes back, and they bring nothing twice', async () => {
      handler().faults.set('b', 'refuse');
      const letter = await claimed('a', 'b', 'c');
      const delivery = sender.app.get(Delivery, { strict: false });
      const ended = () =>
        until(async () => (await sender.query(`SELECT FROM exchange_outbox WHERE status <> 'DELIVERED'`)).length === 0);
      const partIds = async () =>
        (await sender.query('SELECT id FROM exchange_outbox WHERE id <> $1 ORDER BY id', [letter.id])).map(
          ({ id }) => id,
        );
      await delivery.attempt(letter);
      await ended();
      const first = await partIds();
      expect(first).toHaveLength(3);
      await sender.query('DELETE FROM exchange_outbox WHERE id <> $1', [letter.id]);
      await sender.query(
        `UPDATE exchange_outbox SET status = 'READY', body = $2, settled_at = NULL, next_attempt_at = now() + interval '10 minutes' WHERE id = $1`,
        [letter.id, letter.body],
      );
      await delivery.attempt(letter);
      await ended();
      expect(await partIds()).toEqual(first);
      expect(await sorted()).toEqual(['a', 'c']);
    });

    it('of a single part is not believed to be wanted in parts', async () => {
      recipient.app.get(SheafHandler, { strict: false }).endless = 'a';
      handler().faults.set('a', 'refuse');
      const id = await sheaf('a');
      await until(async () => (await outbox(id))['last_error'] === 'RECEIPT_INVALID');
      expect(await outbox(id)).toMatchObject({ status: 'READY', emptied: false });
      recipient.app.get(SheafHandler, { strict: false }).endless = '';
    });
  });
}
