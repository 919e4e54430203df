import { jest } from '@jest/globals';
import { refusalOf } from '../../../../test/support/nodes.js';
import { UnitOfWork } from '../../database/index.js';
import { type Hex, toBytes } from '../../kernel/hex.js';
import { EvidenceBuilder } from '../commands/evidence-builder.js';
import { EvidenceStore } from '../storage/evidence.store.js';
import { settledAt } from './large-claims.js';
import { made } from './story.js';
import { nodes, story } from './world.js';

/** Tests of invoices that show no word on whether another is to be paid, as those from before there was one. */
export function silentInvoices(): void {
  describe('an invoice that does not say whether another is to be paid', () => {
    afterEach(() => jest.restoreAllMocks());

    function silence(): void {
      const evidence = nodes.of('supplier-1').app.get(EvidenceBuilder, { strict: false });
      const documents = evidence.documents.bind(evidence);
      jest.spyOn(evidence, 'documents').mockImplementation((object, onOrder, granted, shown) => {
        const but = granted.filter((field) => field !== '/has');
        return documents(object, onOrder, but, shown);
      });
    }

    /** Fields of it that a bank has once it was shown all anew, having lost what it had. */
    async function shownAnew(bank: string, financing: string, root: Hex): Promise<string[]> {
      const { app } = nodes.of(bank);
      await app.get(UnitOfWork).manager.query('DELETE FROM granted_copies WHERE root = $1', [toBytes(root)]);
      made(await story.supplier.post(`/v1/financings/${financing}/evidence`));
      await settledAt('supplier-1', financing);
      const kept = await app.get(EvidenceStore, { strict: false }).at(financing as Hex, [root]);
      return kept.flatMap(({ disclosure }) => disclosure.fields.map(({ path }) => path));
    }

    it('is taken again of what is financed, and no offer is made on it', async () => {
      const receivable = await story.confirmed({ number: 'PO-SILENT' });
      const root = (await story.supplier.get(`/v1/receivables/${receivable}`)).body['commitment'] as Hex;
      const financed = await story.requested('bank-a', { receivable });
      const asked = await story.requested('bank-b', { receivable });
      await story.offered('bank-a', financed);
      await story.disbursed('bank-a', financed);
      silence();
      for (const [bank, financing] of [
        ['bank-a', financed],
        ['bank-b', asked],
      ] as const) {
        const paths = await shownAnew(bank, financing, root);
        expect(paths).toContain('/amount');
        expect(paths).not.toContain('/has');
      }
      const offer = await story.bank('bank-b').post(`/v1/financings/${asked}/offer`, await story.terms());
      expect(refusalOf(offer)).toEqual([422, 'EVIDENCE_INVALID']);
    });
  });
}
