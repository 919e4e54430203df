import type { AddressInfo } from 'node:net';
import type { Json } from '../../../../scripts/demo/client.js';
import { UnitOfWork } from '../../database/index.js';
import { Exchange } from '../../exchange/index.js';
import { arrives, made } from '../../financing/testing/story.js';
import type { Hex } from '../../kernel/hex.js';
import { type LooksBody, toOpening } from '../commands/envelopes.js';
import { objectOf } from '../commands/look-letters.js';
import { TakeGrant } from '../commands/take-grant.js';
import { GrantStore } from '../storage/grant.store.js';
import {
  bytes,
  comesTo,
  copiesOf,
  core,
  DAY,
  granted,
  lettersOf,
  looksArrive,
  looksOf,
  nodes,
  PATIENCE,
  sealedOrNot,
  story,
  supplier,
  THREE,
} from './world.js';

/** A letter to core's node that its sender's own would not write. */
const send = (name: string, type: string, object: string, body: Json): Promise<string> => {
  const { app } = nodes.of(name);
  const letter = { to: nodes.of('core').number, type, object: object as Hex, body };
  return app.get(UnitOfWork).run(() => app.get(Exchange).send(letter));
};

const look = (grant: string, object: string): Json => ({
  ...{ grant, object, root: null, fields: ['/amount'] },
  ...{ seenAt: new Date().toISOString(), block: 1, purpose: null, outcome: 'SHOWN' },
});

/** Tests of what travels about a grant: who is believed, and what leaves no more. */
export function letters(): void {
  it('is believed by the other owner from its two sides alone, and looks under it at what it is for alone', async () => {
    const [order, other] = [await story.acceptedOrder('PO-TOLD'), await story.acceptedOrder('PO-UNTOLD')];
    const grant = await granted(supplier, { order });
    const number = (name: string) => nodes.of(name).number;
    const [id, seed] = ['5e', '7f'].map((byte) => `0x${byte.repeat(32)}`) as [string, string];
    const period = { from: await story.now(), until: (await story.now()) + DAY };
    const terms = { object: order, onOrder: true, purpose: 'CREDIT_DECISION', profile: 1, fields: THREE, ...period };
    const strangers = { id, maker: number('bank-b'), grantee: number('bank-a'), financing: seed, seed, ...terms };
    const own = { ...strangers, id: grant, maker: number('supplier-1'), financing: null };
    const shared = (opening: Json) => ({ opening, needsApproval: false });
    const letters = [
      await send('bank-b', 'grant.shared', id, shared(strangers)),
      await send('supplier-1', 'grant.shared', grant, shared(own)),
      await send('bank-a', 'grant.looks', grant, { looks: [look(grant, other)] }),
      // About another grant than the one that it tells of.
      await send('bank-a', 'grant.looks', id, { looks: [look(grant, order)] }),
    ];
    const noDate = { ...own, id: seed, until: Number.MAX_SAFE_INTEGER };
    const beyond = await send('supplier-1', 'grant.shared', seed, shared(noDate));
    const { items } = await arrives(
      () => core.get('/v1/exchange/set-aside'),
      (body) => [...letters, beyond].every((letter) => JSON.stringify(body).includes(letter)),
      PATIENCE,
    );
    expect((items as Json[]).find((item) => JSON.stringify(item).includes(beyond))).toMatchObject({
      reason: { code: 'ENVELOPE_MALFORMED' },
    });
    expect((await core.get('/v1/grants')).status).toBe(200);
    expect(JSON.stringify(items).match(/GRANT_INVALID/g)?.length).toBeGreaterThanOrEqual(letters.length);
    expect((await core.get(`/v1/grants/${id}`)).status).toBe(404);
    expect([await looksOf(core, other), await looksOf(core, order)]).toEqual([[], []]);
  });

  it('tells of looks under many grants at once, none of which keeps those under the others', async () => {
    const [sound, late, wrong] = [
      await story.acceptedOrder('PO-SOUND'),
      await story.acceptedOrder('PO-LATE'),
      await story.acceptedOrder('PO-ASTRAY'),
    ];
    const [known, unknown, other] = [
      await granted(supplier, { order: sound }),
      await granted(supplier, { order: late }),
      await granted(supplier, { order: wrong }),
    ];
    const { app } = nodes.of('core');
    for (const grant of [known, unknown, other])
      await arrives(
        () => core.get(`/v1/grants/${grant}`),
        ({ status }) => status === 'ACTIVE',
      );
    const { grant: right } = (await app.get(GrantStore).find(unknown as Hex))!;
    await app.get(UnitOfWork).manager.query('DELETE FROM grants WHERE id = $1', [bytes(unknown)]);
    const tell = (...looks: Json[]) => {
      const body = { looks } as unknown as LooksBody;
      return send('bank-a', 'grant.looks', objectOf(body), { ...body });
    };
    const joint = await tell(look(unknown, late), look(known, sound), look(other, sound), look(known, sound));
    await looksArrive(core, sound, 2);
    const entered = await looksOf(core, sound);
    expect(entered.map(({ grant, envelope }) => [grant, envelope !== joint])).toEqual([
      [known, true],
      [known, true],
    ]);
    expect(new Set(entered.map(({ envelope }) => envelope)).size).toBe(1);
    await arrives(
      () => core.get('/v1/exchange/set-aside'),
      ({ items }) =>
        (items as Json[]).some((item) => item['object'] === other && JSON.stringify(item).includes('GRANT_INVALID')),
      PATIENCE,
    );
    // Nor does a later letter wait for what became of an earlier one, with the same grants or others.
    await tell(look(unknown, late), look(known, sound), look(other, sound));
    await looksArrive(core, sound, 3);
    await tell(look(unknown, late), look(known, sound));
    await looksArrive(core, sound, 4);
    expect(await looksOf(core, late)).toEqual([]);
    await app.get(UnitOfWork).run(() => app.get(TakeGrant).shared(toOpening(right), false));
    await looksArrive(core, late, 3);

    const whole = await tell(look(known, sound), look(unknown, late));
    await looksArrive(core, late, 4);
    for (const [order, looks] of [
      [sound, 5],
      [late, 4],
    ] as const) {
      const told = await looksOf(core, order);
      expect([told.length, told.at(-1)!['envelope']]).toEqual([looks, whole]);
    }
  });

  it('takes its place from an opening that came first and that the chain does not bear', async () => {
    const order = await story.acceptedOrder('PO-SQUATTED');
    const grant = await granted(supplier, { order });
    const { app } = nodes.of('core');
    await arrives(
      () => core.get(`/v1/grants/${grant}`),
      ({ status }) => status === 'ACTIVE',
    );
    const [unit, store] = [app.get(UnitOfWork), app.get(GrantStore)];
    const { grant: right } = (await store.find(grant as Hex))!;
    const wrong = { ...right, commitment: `0x${'5e'.repeat(32)}` as Hex, grantee: nodes.of('bank-b').number };
    await unit.run(async () => {
      await store.displace(wrong);
      await store.add(wrong);
    });
    const shows = async () => (await core.get(`/v1/grants/${grant}`)).body;
    expect(await shows()).toMatchObject({ grantee: 'bank-b', status: 'PENDING' });
    await unit.run(() => app.get(TakeGrant).shared(toOpening(right), false));
    expect(await shows()).toMatchObject({ grantee: 'bank-a', status: 'ACTIVE' });
    const again = unit.run(() => app.get(TakeGrant).shared(toOpening({ ...right, grantee: wrong.grantee }), false));
    await expect(again).rejects.toMatchObject({ code: 'GRANT_INVALID' });
  });

  it('and a request show nothing that had not left when they were taken back', async () => {
    const order = await story.acceptedOrder('PO-HELD-BACK');
    const grant = await granted(supplier, { order }, { grantee: 'bank-b' });
    await comesTo(
      () => lettersOf(grant),
      (letters) => letters.every(([, status]) => status === 'DELIVERED'),
    );
    const shown = await copiesOf('bank-b', grant);
    const late = nodes.of('bank-b');
    const server = late.app.getHttpServer();
    const { port } = server.address() as AddressInfo;
    server.close();
    server.closeAllConnections();
    await story.receive(order, 40);
    const asked = { order, lender: 'bank-b', requested: { amount: '50.00', currency: 'GBP' } };
    const financing = String(made(await supplier.post('/v1/financings', asked))['id']);
    const waits = (status: string) => (letters: unknown[][]) => letters.some((letter) => letter[1] === status);
    await comesTo(() => lettersOf(grant), waits('READY'));
    await comesTo(() => lettersOf(financing), waits('READY'));
    // A try that is under way as they are taken back may still arrive: there is none until the bank listens again.
    const triesAgain = async (at: string) => {
      const { manager } = nodes.of('supplier-1').app.get(UnitOfWork);
      const objects = [bytes(grant), bytes(financing)];
      const waiting = `object = ANY ($1) AND status = 'READY' AND next_attempt_at <> $2`;
      const idle = `${waiting} AND leased_until IS NULL`;
      await manager.query(`UPDATE exchange_outbox SET next_attempt_at = $2 WHERE ${idle}`, [objects, at]);
      return manager.query<object[]>(`SELECT id FROM exchange_outbox WHERE ${waiting}`, [objects, at]);
    };
    const later = new Date(Date.now() + 600_000).toISOString();
    await comesTo(
      () => triesAgain(later),
      (underWay) => underWay.length === 0,
    );
    expect((await supplier.call('DELETE', `/v1/grants/${grant}`)).status).toBe(200);
    made(await supplier.post(`/v1/financings/${financing}/withdrawal`, {}));
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    await triesAgain(new Date().toISOString());

    await comesTo(() => lettersOf(grant), waits('DROPPED'));
    await comesTo(
      () => lettersOf(financing),
      (letters) => letters.at(-1)?.[1] === 'DELIVERED',
    );
    expect(await lettersOf(grant)).toEqual([
      ['grant.documents', 'DELIVERED', true],
      ['grant.documents', 'DROPPED', true],
    ]);
    expect(await lettersOf(financing)).toEqual([
      ['financing.request', 'DROPPED', true],
      ['financing.withdrawal', 'DELIVERED', true],
    ]);
    expect((await late.client.get(`/v1/financings/${financing}`)).status).toBe(404);
    expect((await late.client.get('/v1/exchange/set-aside')).body['items']).toEqual([]);
    expect(await sealedOrNot('bank-b', grant)).toEqual(shown);
  });
}
