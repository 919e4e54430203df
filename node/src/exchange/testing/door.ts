import { Config } from '../../config/index.js';
import { hashLetter, type Envelope } from '../domain/envelope.js';
import { keyId, register } from './exchange-node.js';
import { DutyHandler } from './notes.js';
import {
  members,
  core,
  deliver,
  index,
  notes,
  object,
  receiptIn,
  recipient,
  refusal,
  sealed,
  supplier,
} from './world.js';

/** Tests of what the door lets in. */
export function door(): void {
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

    it('takes of a sender no more in a day than the settings say, and counts what was new once', async () => {
      const [, first] = await sealed();
      for (const body of [first, first]) expect((await deliver(body)).status).toBe(200);
      const counted = async () =>
        (await recipient.query<{ bytes: string }>('SELECT sum(bytes) AS bytes FROM exchange_arrivals'))[0]!.bytes;
      const [{ size }] = (await recipient.query<{ size: number }>(
        'SELECT octet_length(signed) - 28 AS size FROM exchange_inbox',
      )) as [{ size: number }];
      expect(Number(await counted())).toBe(size);

      const full = recipient.app.get(Config).letterQuotaMegabytes * 1_000_000;
      // Of tomorrow too: a day may end here.
      await recipient.query(
        `INSERT INTO exchange_arrivals SELECT 1, (now() AT TIME ZONE 'UTC')::date + n, $1 FROM generate_series(0, 1) n
         ON CONFLICT (from_member, day) DO UPDATE SET bytes = $1`,
        [full],
      );
      const [, second] = await sealed({ body: JSON.stringify({ text: 'too much' }) });
      expect(await refusal(second)).toEqual([429, 'ENVELOPE_DAY_QUOTA']);
      expect((await deliver(first)).status).toBe(200);
      expect(await notes()).toEqual(['by hand']);
      await recipient.query('UPDATE exchange_arrivals SET bytes = bytes - 1');
      expect((await deliver(second)).status).toBe(200);
      expect(await notes()).toEqual(['by hand', 'too much']);
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
}
