import { publicKeysOf } from '../../../../scripts/consortium/keys.js';
import type { Hex } from '../../kernel/hex.js';
import { verificationKey } from '../domain/message-keys.js';
import { readReceipt } from '../domain/receipt.js';
import { keyId, register, startNode, until, type Registered } from './exchange-node.js';
import {
  members,
  core,
  deliver,
  delivered,
  notes,
  outbox,
  receiptIn,
  recipient,
  sealed,
  send,
  sender,
  supplier,
} from './world.js';

/** Tests of message keys that are replaced while envelopes are under way. */
export function replacedKeys(): void {
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
}
