import type { Json } from '../../../../scripts/demo/client.js';
import { refusalOf } from '../../../../test/support/nodes.js';
import { arrives, made } from './story.js';
import { story } from './world.js';

/** Tests of registrations elsewhere, which are evidence on a claim. */
export function registrations(): void {
  describe('a registration elsewhere', () => {
    const first = { register: '中登网', number: '0731-2026-1', registeredAt: '2026-11-20T08:00:00+08:00' };
    const second = { ...first, number: '0731-2026-2', noticeGivenAt: '2026-11-21T00:00:00Z' };

    it('is recorded by holder and lender, shown to both, and in the verdict by priority', async () => {
      const receivable = await story.confirmed({ number: 'PO-REG' });
      const path = `/v1/receivables/${receivable}/registrations`;
      const bank = story.bank('bank-a');
      await arrives(
        () => bank.get(`/v1/registry/receivables/${receivable}`),
        () => true,
      );
      expect(refusalOf(await bank.post(path, first))).toEqual([403, 'REGISTRATION_UNAUTHORIZED']);
      expect((await story.core.post(path, first)).body['code']).toBe('REGISTRATION_UNAUTHORIZED');
      for (const wrong of [{ ...first, number: '' }, { ...first, registeredAt: 'yesterday' }, { register: 'x' }])
        expect((await story.supplier.post(path, wrong)).status).toBe(400);
      expect(made(await story.supplier.post(path, first))).toMatchObject({
        ...{ priority: 1, by: 'HOLDER', own: true, number: '0731-2026-1', registeredAt: '2026-11-20T00:00:00.000Z' },
      });
      const financing = await story.requested('bank-a', { receivable });
      await story.offered('bank-a', financing);
      await story.disbursed('bank-a', financing);
      expect(made(await bank.post(path, second))).toMatchObject({ priority: 2, by: 'LENDER', own: true });
      const both = [
        { priority: 1, by: 'HOLDER', number: '0731-2026-1' },
        { priority: 2, by: 'LENDER', number: '0731-2026-2', noticeGivenAt: '2026-11-21T00:00:00.000Z' },
      ];
      for (const client of [story.supplier, bank]) {
        const { registrations } = await arrives(
          () => client.get(`/v1/receivables/${receivable}`),
          ({ registrations }) => (registrations as Json[]).filter(({ number }) => number).length === 2,
        );
        expect(registrations).toMatchObject(both);
      }
      const atObligor = await arrives(
        () => story.core.get(path),
        ({ items }) => (items as Json[]).length === 2,
      );
      expect(atObligor['items']).toMatchObject([{ priority: 1 }, { priority: 2 }]);
      expect(JSON.stringify(atObligor)).not.toMatch(/0731-|中登网/);
      const verdict = await bank.get(`/v1/receivables/${receivable}/verification`);
      const encumbrance = (verdict.body['fragments'] as Json[]).find(({ kind }) => kind === 'ENCUMBRANCE')!;
      const numbers = both.map(({ priority, number }) => ({ priority, number }));
      expect(encumbrance).toMatchObject({ status: 'VALID', data: { registrations: numbers } });

      const fields = `/v1/receivables/${receivable}/disclosure?fields=/register,/number&document=`;
      const [ownId, lenders] = (await story.supplier.get(path)).body['items'] as [Json, Json];
      expect((await story.supplier.get(`${fields}${ownId['id']}`)).status).toBe(200);
      expect(refusalOf(await story.supplier.get(`${fields}${lenders['id']}`))).toEqual([
        403,
        'REGISTRATION_UNAUTHORIZED',
      ]);

      // Each shows on what it registered itself; what the other did is in the file's log, and says nothing there.
      for (const [client, own] of [
        [story.supplier, 0],
        [bank, 1],
      ] as const) {
        const file = await client.get(`/v1/receivables/${receivable}/proof`);
        const checked = await bank.call('POST', '/v1/verifications', { body: file.body });
        const offline = (checked.body['fragments'] as Json[]).find(({ kind }) => kind === 'ENCUMBRANCE');
        const told = (offline as { data: { registrations: Json[] } }).data.registrations;
        expect(told.map(({ number }) => number)).toEqual(
          numbers.map(({ number }, i) => (i === own ? number : undefined)),
        );
        expect(JSON.stringify(file.body)).not.toContain(numbers[1 - own]!.number);
      }
    });
  });
}
