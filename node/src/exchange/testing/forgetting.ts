import { UnitOfWork } from '../../database/index.js';
import { toBytes } from '../../kernel/hex.js';
import { Exchange } from '../index.js';
import { ReadLetters } from '../storage/read-letters.handler.js';
import { type ExchangeNode, until } from './exchange-node.js';
import { delivered, handler, index, notes, object, outboxStatus, recipient, send, sender, supplier } from './world.js';

const forget = (node: ExchangeNode, ...objects: number[]) =>
  node.app.get(UnitOfWork).run(() => node.app.get(Exchange, { strict: false }).forget(objects.map(object)));

const kept = async (id: string) =>
  (await recipient.query('SELECT status, signed IS NOT NULL AS kept FROM exchange_inbox WHERE id = $1', [id]))[0];

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

    it('is found in letters of the release before, which did not note what they carry', async () => {
      const [first, second] = [await send('first', { also: [2] }), await send('second', { about: 3, also: [4] })];
      await Promise.all([first, second].map(delivered));
      await recipient.query('UPDATE exchange_inbox SET carries = NULL');
      expect(await forget(recipient, 2)).toBeUndefined();
      expect(await kept(first)).toEqual({ status: 'HANDLED', kept: false });

      // Erased by that release, which looked for letters by their first object alone.
      await recipient.query('UPDATE exchange_inbox SET carries = NULL');
      await recipient.query('INSERT INTO exchange_forgotten VALUES ($1)', [toBytes(object(4))]);
      await recipient.app.get(ReadLetters, { strict: false }).handle();
      expect(await kept(second)).toEqual({ status: 'HANDLED', kept: false });
      expect(await recipient.query('SELECT FROM exchange_inbox WHERE carries IS NULL AND signed IS NOT NULL')).toEqual(
        [],
      );
    });
  });
}
