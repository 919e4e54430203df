import { jest } from '@jest/globals';
import { refusalOf } from '../../../../test/support/nodes.js';
import { UnitOfWork } from '../../database/index.js';
import { arrives, DUE, made } from '../../financing/testing/story.js';
import type { Hex } from '../../kernel/hex.js';
import { PartsDesk } from '../commands/splits/parts-desk.js';
import { RequestCosignature } from '../commands/splits/request-cosignature.js';
import { CommittedFields } from '../queries/committed-fields.js';
import { Receivables } from '../queries/receivables.js';
import { SplitViews } from '../queries/split-views.js';
import { Splits } from '../queries/splits.js';
import { ReceivableDocuments } from '../storage/receivable-documents.js';
import { SplitStore } from '../storage/split.store.js';
import { confirmed, core, newNumber, nodes, one, partsOf, seen, split, splitSeen, story, two } from './splits-world.js';

/** Tests of splits that are refused, by the holder’s node or the obligor’s. */
export function refusedSplits(): void {
  describe('a split is refused', () => {
    const SIX = { holder: 'supplier-2', amount: '6.00' };

    it('to who does not hold the receivable, for parts that cannot be, and before it is confirmed', async () => {
      const id = await confirmed();
      await arrives(
        () => two.get(`/v1/registry/receivables/${id}`),
        () => true,
      );
      expect(refusalOf(await split(two, id, SIX))).toEqual([403, 'CONSENT_WRONG_SIGNER']);
      expect((await split(core, id, SIX)).status).toBe(403);
      const more = await split(one, id, { holder: 'supplier-2', amount: '96.76' });
      expect(more).toMatchObject({ status: 422, body: { code: 'SPLIT_SUM_MISMATCH', facts: { exceedsBy: '0.01' } } });
      for (const amount of ['0', '-1', '0.001', { amount: '1', currency: 'EUR' }])
        expect((await split(one, id, { holder: 'supplier-2', amount })).status).toBe(422);
      expect(refusalOf(await split(one, id, { holder: 'core', amount: '6.00' }))).toEqual([
        422,
        'SPLIT_HOLDER_INVALID',
      ]);
      expect((await split(one, id, { holder: 'bank-a', amount: '6.00' })).body['code']).toBe('MEMBER_MISSING_ROLE');
      expect((await split(one, id, { holder: 'nobody', amount: '6.00' })).body['code']).toBe('MEMBER_UNKNOWN');
      expect(refusalOf(await split(one, id))).toEqual([400, 'REQUEST_INVALID']);
      expect(
        (await split(one, id, ...Array.from({ length: 33 }, () => ({ holder: 'supplier-2', amount: '1' })))).status,
      ).toBe(400);
      const crowd = Array.from({ length: 32 }, () => ({ holder: 'supplier-2', amount: '1.00' }));
      expect(refusalOf(await split(one, id, ...crowd))[1]).toBe('SPLIT_INVALID_PART_COUNT');
      for (const expiresAt of ['2020-01-01T00:00:00Z', '2090-01-01T00:00:00Z'])
        expect(refusalOf(await one.post(`/v1/receivables/${id}/splits`, { parts: [SIX], expiresAt }))[1]).toBe(
          'SPLIT_EXPIRY_INVALID',
        );
      const number = newNumber();
      const issued = await story.issued(await story.acceptedOrder(number), story.invoiceOf(number));
      expect(refusalOf(await split(one, issued, SIX))[1]).toBe('RECEIVABLE_INVALID_TRANSITION');
      expect(refusalOf(await split(one, `0x${'ab'.repeat(32)}`, SIX))).toEqual([404, 'RECEIVABLE_UNKNOWN']);
      made(await core.post(`/v1/receivables/${id}/disputes`, { amount: '1.00', reason: 'scratched' }));
      await seen(one, id, ({ openDisputes }) => openDisputes === 1);
      expect(refusalOf(await split(one, id, SIX))).toEqual([409, 'RECEIVABLE_DISPUTED']);
    });

    it('by either node, where the invoice is from before there was a word for whether another is to be paid', async () => {
      const id = (await confirmed()) as Hex;
      const silent = (name: string) => {
        const fields = nodes.of(name).app.get(CommittedFields, { strict: false });
        const read = fields.of.bind(fields);
        return jest.spyOn(fields, 'of').mockImplementation(async (places) => {
          const without = ([root, of]: readonly [Hex, ReadonlyMap<string, string>]) =>
            [root, new Map([...of].filter(([path]) => path !== '/has'))] as const;
          return new Map([...(await read(places))].map(without));
        });
      };
      const atHolder = silent('supplier-1');
      expect(refusalOf(await split(one, id, SIX))).toEqual([409, 'SPLIT_PAYEE_UNKNOWN']);
      atHolder.mockRestore();
      const atObligor = silent('core');
      made(await split(one, id, { holder: 'supplier-1', amount: '96.75' }));
      expect((await splitSeen(one, id, 'REFUSED'))['refusal']).toMatchObject({ code: 'SPLIT_PAYEE_UNKNOWN' });
      atObligor.mockRestore();
      expect((await core.get(`/v1/receivables/${id}`)).body['status']).toBe('CONFIRMED');
    });

    /** That once it is erased, no refused split of it says how much it was by; all is undone again. */
    async function leavesCodesAlone(name: string, id: Hex): Promise<void> {
      const { app } = nodes.of(name);
      const undo = new Error('as it was');
      const erased = app.get(UnitOfWork).run(async () => {
        await app.get(ReceivableDocuments, { strict: false }).forget(id);
        const views = await app.get(SplitViews, { strict: false }).ofReceivable(id);
        expect(views.map(({ refusal }) => refusal?.code).sort()).toEqual([
          'SPLIT_SUM_MISMATCH',
          'SPLIT_SUM_MISMATCH',
          'SPLIT_TERMS_MISMATCH',
        ]);
        expect(JSON.stringify(views)).not.toMatch(/\d\.\d\d"/);
        throw undo;
      });
      await expect(erased).rejects.toBe(undo);
    }

    it('by the obligor, whose node finds another sum than its holder’s: it names by how much and nothing changes', async () => {
      const id = (await confirmed()) as Hex;
      const app = nodes.of('supplier-1').app;
      const of = <T>(type: new (...args: never[]) => T): T => app.get(type, { strict: false }) as T;
      let falsified = 0;
      const falsify = (amounts: string[], covered = amounts) =>
        of(UnitOfWork).run(async () => {
          const receivable = await of(Receivables).get(id);
          const lineage = { parent: id, parentConfirmation: receivable.confirmation! };
          const row = {
            ...({
              id: `0x${String(++falsified).padStart(64, '0')}` as Hex,
              side: 'HOLDER',
              receivable: id,
              status: 'PROPOSED',
            } as const),
            ...{ proposer: nodes.of('supplier-1').number, consent: null, refusal: null },
            coverVersion: await of(Receivables).coverVersion(receivable),
            expiresAt: (await story.now()) + 3600,
          };
          const parts = [];
          for (const [index, amount] of amounts.entries()) {
            const terms = { amount, covered: covered[index]!, currency: 'GBP', dueDate: DUE, ...lineage, has: '' };
            const { receivable: part, paper } = await of(PartsDesk).write(receivable, index, terms);
            const own = { index, receivable: part, holder: row.proposer, terms, seed: paper.seed, root: paper.root };
            const bare = { ...own, certificate: null, acceptance: null };
            parts.push(
              await of(PartsDesk).accept(
                { ...row, parts: [], cosignature: null, submission: null, createdAt: 0, changedAt: 0, version: 1 },
                bare,
              ),
            );
          }
          await of(SplitStore).add({ ...row, parts });
          await of(RequestCosignature).runOnceAccepted(await of(Splits).lock(row.id));
          return row.id;
        });
      for (const [amounts, covered, code, facts] of [
        [['96.76'], ['96.75'], 'SPLIT_SUM_MISMATCH', { exceedsBy: '0.01', outstanding: '96.75' }],
        [['50.00', '46.74'], undefined, 'SPLIT_SUM_MISMATCH', { fallsShortBy: '0.01' }],
        [['96.75'], ['90.00'], 'SPLIT_TERMS_MISMATCH', { field: '/covered', expected: '96.75' }],
      ] as const) {
        const which = await falsify([...amounts], covered && [...covered]);
        const refused = await splitSeen(one, id, 'REFUSED', which);
        expect(refused['refusal']).toMatchObject({ code, facts });
        expect(await splitSeen(core, id, 'REFUSED', which)).toMatchObject({ refusal: { code } });
      }
      for (const name of ['core', 'supplier-1']) await leavesCodesAlone(name, id);
      expect((await core.get(`/v1/receivables/${id}`)).body['status']).toBe('CONFIRMED');
      made(await split(one, id, { holder: 'supplier-1', amount: '96.75' }));
      expect(await partsOf(one, id)).toHaveLength(1);
    });
  });
}
