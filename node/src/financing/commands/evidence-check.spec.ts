import { commit, type DisclosedDocument, flatten, newSeed, type Plain } from '../../documents/index.js';
import type { Hex } from '../../kernel/hex.js';
import { documentPartyMismatch } from '../../members/domain/problems.js';
import type { Parties } from '../../members/index.js';
import type { Orders } from '../../orders/index.js';
import type { LineageDocuments, Receivable, SignedTags, TagChecks, TagStore } from '../../receivables/index.js';
import type { EvidenceBody } from './envelopes.js';
import { EvidenceCheck, type Held } from './evidence-check.js';

const [ORDER, CLAIM]: [Hex, Hex] = ['0x0a', '0x0b'];
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

/** A claim that a lender knows with whose its entities are, and whose documents are these; all tags of them are true. */
function claimOf(of: { order?: Plain; invoice?: Plain }) {
  const papers = [of.order ?? order, of.invoice ?? invoice].map((paper) => commit(flatten(paper), newSeed()));
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
  const counted = { instalment: 1, instalments: 1 };
  const between = { obligor: BUYER, supplier: SUPPLIER, parent: null };
  const claim = { id: CLAIM, commitment: invoiced, ...between, orders: [ORDER], ...counted };
  /** What is made of some of them, others being held already. */
  const shown = (documents: EvidenceBody['documents'], held?: Held) => {
    const evidence = { documents, fingerprints: [], orderTags: [{ order: ORDER }] } as unknown as EvidenceBody;
    return check.ofReceivable(claim as unknown as Receivable, evidence, held);
  };
  return { documents, shown };
}

/** A holder shows all documents of a claim. */
function show(of: { order?: Plain; invoice?: Plain }) {
  const { documents, shown } = claimOf(of);
  return shown(documents);
}

/** A holder shows them in as many letters, each to be taken before the next; whether all is there after each. */
async function showInTurn(of: { order?: Plain; invoice?: Plain }, turns: readonly number[]): Promise<boolean[]> {
  const { documents, shown } = claimOf(of);
  const copies = new Map<Hex, DisclosedDocument>();
  const held: Held = (roots) => Promise.resolve(roots.flatMap((root) => copies.get(root) ?? []));
  const whole: boolean[] = [];
  for (const turn of turns) {
    const checked = await shown([documents[turn]!], held);
    for (const document of checked.documents) copies.set(document.root, document);
    whole.push(checked.complete);
  }
  return whole;
}

describe('what a holder shows', () => {
  it('is taken when its parties are the members on chain and the invoice is of the orders', async () => {
    const byLine = { ...invoice, orderNumbers: [], lines: [{ id: '1', orderNumber: 'po 1' }] };
    for (const shown of [{}, { invoice: byLine }, { invoice: { ...invoice, orderNumbers: [] } }])
      expect(await show(shown)).toMatchObject({ complete: true, documents: [{ kind: 'ORDER' }, { kind: 'INVOICE' }] });
  });

  it.each([
    ['in order', [0, 1], [false, true]],
    ['in another order', [1, 0], [false, true]],
    ['some of it twice', [1, 1, 0, 1], [false, false, true, true]],
  ])('may come in several letters, %s', async (_, turns, whole) => {
    expect(await showInTurn({}, turns)).toEqual(whole);
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

  it.each([
    ['shows it', { invoice: { ...invoice, payer: supplier } }, [1], 'DOCUMENT_PARTY_MISMATCH'],
    ['shows it', { order: { ...order, buyer: supplier } }, [0], 'DOCUMENT_PARTY_MISMATCH'],
    [
      'lets it be seen with what came before',
      { invoice: { ...invoice, currency: 'SEK' } },
      [0, 1],
      'INVOICE_ORDER_MISMATCH',
    ],
    [
      'lets it be seen with what came before',
      { invoice: { ...invoice, currency: 'SEK' } },
      [1, 0],
      'INVOICE_ORDER_MISMATCH',
    ],
  ])('is refused by the letter that %s', async (_, shown, turns, code) => {
    await expect(showInTurn(shown, turns)).rejects.toMatchObject({ code });
    expect(await showInTurn(shown, turns.slice(0, -1))).toEqual(turns.slice(0, -1).map(() => false));
  });
});
