import { refusalOf } from '../../../../test/support/nodes.js';
import { arrives, made } from '../../financing/testing/story.js';
import { readBundle } from '../../proofs/verify/bundle/read-bundle.js';
import { verifyBundle } from '../../proofs/verify/bundle/verify-bundle.js';
import { validators } from '../../proofs/verify/testing/qbft-chain.js';
import { sealedBundle, trustWith } from '../../proofs/verify/testing/sealed-bundle.js';
import type { TrustFile } from '../../proofs/verify/trust/schema.js';
import { trustOf } from '../../proofs/verify/trust/trust.js';
import type { Json } from '../../../../scripts/demo/client.js';
import { entryKindOf } from '../domain/receivable-log.js';
import { confirmed, core, money, nodes, one, partsOf, seen, split } from './splits-world.js';

/** Tests of claims to have paid that their obligor takes back. */
export function withdrawnPayments(): void {
  describe('a claim to have paid that was a mistake', () => {
    const NOT_CLAIMED = [409, 'PAYMENT_NOT_CLAIMED'];
    let id: string;
    const at = (n: unknown, act: string) => `/v1/receivables/${id}/payments/${String(n)}/${act}`;
    const claimed = async (amount: string) => {
      const payment = made(await core.post(`/v1/receivables/${id}/payments`, { amount, reference: 'P' }));
      await seen(one, id, ({ payments }) =>
        (payments as Json[]).some((each) => each['id'] === payment['id'] && each['amount'] !== undefined),
      );
      return payment['n'];
    };
    const statusesAt = async (member: typeof core) =>
      ((await member.get(`/v1/receivables/${id}/payments`)).body['items'] as Json[]).map(({ status }) => status);

    it('is taken back by its obligor alone, once, and is no payment any more', async () => {
      id = await confirmed();
      const n = await claimed('40.00');
      await arrives(
        () => nodes.of('bank-a').client.get(`/v1/registry/receivables/${id}`),
        () => true,
      );
      for (const member of [one, nodes.of('bank-a').client])
        expect(refusalOf(await member.post(at(n, 'withdrawal')))).toEqual([403, 'RECEIVABLE_UNAUTHORIZED']);
      expect(refusalOf(await core.post(at(77, 'withdrawal')))).toEqual([404, 'PAYMENT_UNKNOWN']);
      expect((await core.post(`/v1/receivables/${id}/payments/{n}/withdrawal`)).body).toMatchObject({
        ...{ status: 400, code: 'REQUEST_INVALID', detail: 'n in the path is a whole number' },
        facts: { parameter: 'n', sent: '{n}', expected: 'a whole number' },
      });
      expect(refusalOf(await split(one, id, { holder: 'supplier-2', amount: '6.00' }))).toEqual([
        409,
        'SPLIT_PAYMENT_OPEN',
      ]);
      const withdrawn = made(await core.post(at(n, 'withdrawal')));
      expect(withdrawn).toMatchObject({ n, status: 'WITHDRAWN', acknowledgedAt: null, settles: false });
      expect(withdrawn['withdrawnAt']).toEqual(expect.any(String));
      expect(refusalOf(await core.post(at(n, 'withdrawal')))).toEqual(NOT_CLAIMED);
      await seen(one, id, ({ payments }) => (payments as Json[])[0]?.['status'] === 'WITHDRAWN');
      expect(refusalOf(await one.post(at(n, 'acknowledgement')))).toEqual(NOT_CLAIMED);
      expect(await seen(one, id, () => true)).toMatchObject({ status: 'CONFIRMED', outstanding: money('96.75') });
    });

    it('is not taken back once its payee has acknowledged it', async () => {
      const n = await claimed('10.00');
      expect(made(await one.post(at(n, 'acknowledgement')))).toMatchObject({ status: 'ACKNOWLEDGED' });
      await seen(core, id, ({ payments }) => (payments as Json[])[1]?.['status'] === 'ACKNOWLEDGED');
      expect(refusalOf(await core.post(at(n, 'withdrawal')))).toEqual(NOT_CLAIMED);
    });

    it('is answered once, though both answer at once', async () => {
      const n = await claimed('5.00');
      const answers = await Promise.all([core.post(at(n, 'withdrawal')), one.post(at(n, 'acknowledgement'))]);
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
      const [won, owed] = answers[0].status === 201 ? ['WITHDRAWN', '86.75'] : ['ACKNOWLEDGED', '81.75'];
      for (const member of [core, one]) {
        await seen(member, id, ({ payments }) => (payments as Json[])[2]?.['status'] === won);
        expect(await statusesAt(member)).toEqual(['WITHDRAWN', 'ACKNOWLEDGED', won]);
        expect(await seen(member, id, () => true)).toMatchObject({ outstanding: money(owed!) });
      }
    });

    it('stays in the log that proves what may be advanced', async () => {
      const { url, apiKey } = one.member;
      const headers = { authorization: `Bearer ${apiKey}` };
      const file = await (await fetch(`${url}/v1/receivables/${id}/proof`, { headers })).text();
      const log = (JSON.parse(file) as { receivables: { log: { kind: number }[] }[] }).receivables[0]!.log;
      expect(log.map(({ kind }) => entryKindOf(kind))).toContain('PAYMENT_WITHDRAWAL');
      const set = validators(4);
      const trust = trustWith((await one.get('/v1/trust')).body as unknown as TrustFile, set);
      const verdict = await verifyBundle(readBundle(Buffer.from(sealedBundle(file, set))), { trust: trustOf(trust) });
      const cover = verdict.fragments.find(({ kind }) => kind === 'COVER');
      const { body } = await one.get(`/v1/receivables/${id}/cover`);
      expect(cover).toMatchObject({ status: 'VALID', data: { cover: { amount: (body['cover'] as Json)['amount'] } } });
    });

    it('holds up no split', async () => {
      id = await confirmed();
      made(await core.post(at(await claimed('40.00'), 'withdrawal')));
      await seen(one, id, ({ payments }) => (payments as Json[])[0]?.['status'] === 'WITHDRAWN');
      made(await split(one, id, { holder: 'supplier-2', amount: '50.00' }));
      expect(await partsOf(one, id)).toHaveLength(2);
    });
  });
}
