import { commit, flatten, newSeed, type Plain } from '../../documents/index.js';
import type { Hex } from '../../kernel/hex.js';
import { documentPartyMismatch } from '../../members/domain/problems.js';
import type { Parties } from '../../members/index.js';
import type { Orders } from '../../orders/index.js';
import type { LineageDocuments, Receivable, SignedTags, TagChecks, TagStore } from '../../receivables/index.js';
import type { EvidenceBody } from './envelopes.js';
import { EvidenceCheck } from './evidence-check.js';

const [ORDER, CLAIM]: Hex[] = ['0x0a', '0x0b'];
const [BUYER, SUPPLIER] = [1, 2];
const OWNERS = new Map([
  ['0088:9521000000018', BUYER],
  ['0088:9521000000025', SUPPLIER],
]);
const core = { id: '9521000000018', scheme: '0088' };
const supplier = { id: '9521000000025', scheme: '0088' };
const order = { kind: 'ORDER', number: 'PO-1', currency: 'GBP', buyer: core };
const invoice = {
  ...{ kind: 'INVOICE', number: 'INV-1', issueDate: '2026-11-12', currency: 'GBP', orderNumbers: ['PO-1'] },
  ...{ payer: core, payee: supplier },
};

/** A holder shows these documents, all tags of them being true, to a lender that knows whose both entities are. */
function show(shown: { order?: Plain; invoice?: Plain }) {
  const papers = [shown.order ?? order, shown.invoice ?? invoice].map((paper) => {
    return commit(flatten(paper), newSeed());
  });
  const [ordered, invoiced] = papers.map(({ root }) => root);
  const nothing = () => Promise.resolve();
  const parties = {
    require: (entity: string, member: number, field: string) => {
      if (OWNERS.get(entity) === member) return nothing();
      throw documentPartyMismatch('another member’s', { field, member });
    },
  };
  const check = new EvidenceCheck(
    {
      ofReceivable: () => Promise.resolve(papers.map(({ root }) => ({ root, object: CLAIM }))),
      proposedOn: () => Promise.resolve([]),
    } as unknown as LineageDocuments,
    { findMany: () => Promise.resolve([{ id: ORDER, commitment: ordered, buyer: BUYER }]) } as unknown as Orders,
    parties as unknown as Parties,
    { requireFingerprints: nothing, requireOrderTags: nothing } as unknown as TagChecks,
    { fingerprintsOf: () => Promise.resolve([]) } as unknown as TagStore,
    { keepFingerprints: nothing, keepOrderTags: nothing } as unknown as SignedTags,
  );
  const documents = papers.map((paper) => ({ root: paper.root, object: CLAIM, disclosure: paper.disclose(['']) }));
  const evidence = { documents, fingerprints: [], orderTags: [{ order: ORDER }] } as unknown as EvidenceBody;
  const counted = { instalment: 1, instalments: 1 };
  const between = { obligor: BUYER, supplier: SUPPLIER, parent: null };
  const claim = { id: CLAIM, commitment: invoiced, ...between, orders: [ORDER], ...counted };
  return check.ofReceivable(claim as unknown as Receivable, evidence);
}

describe('what a holder shows', () => {
  it('is taken when its parties are the members on chain and the invoice is of the orders', async () => {
    expect(await show({})).toHaveLength(2);
    expect(
      await show({ invoice: { ...invoice, orderNumbers: [], lines: [{ id: '1', orderNumber: 'po 1' }] } }),
    ).toHaveLength(2);
    expect(await show({ invoice: { ...invoice, orderNumbers: [] } })).toHaveLength(2);
  });

  it.each([
    ['of another buyer', { order: { ...order, buyer: supplier } }, 'DOCUMENT_PARTY_MISMATCH', '/buyer/id'],
    ['owed by another', { invoice: { ...invoice, payer: supplier } }, 'DOCUMENT_PARTY_MISMATCH', '/payer/id'],
    ['owed to another', { invoice: { ...invoice, payee: core } }, 'DOCUMENT_PARTY_MISMATCH', '/payee/id'],
    ['in another currency', { invoice: { ...invoice, currency: 'SEK' } }, 'INVOICE_ORDER_MISMATCH', '/currency'],
    ['of another order', { invoice: { ...invoice, orderNumbers: ['PO-9'] } }, 'INVOICE_ORDER_MISMATCH', '/orderNumber'],
  ])('is refused when it is %s', async (_, shown, code, field) => {
    await expect(show(shown)).rejects.toMatchObject({ code, facts: { field } });
  });
});
