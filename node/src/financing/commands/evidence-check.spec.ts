import { commit, type DisclosedDocument, flatten, newSeed, type Plain } from '../../documents/index.js';
import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import type { Hex } from '../../kernel/hex.js';
import { documentPartyMismatch } from '../../members/domain/problems.js';
import type { Parties } from '../../members/index.js';
import type { Orders } from '../../orders/index.js';
import { orderTagFalse } from '../../members/domain/tags.js';
import type { OrderIdentity } from '../../members/domain/tags.js';
import type {
  LineageDocuments,
  OrderTags,
  Receivable,
  Receivables,
  SignedTags,
  TagChecks,
  TagStore,
} from '../../receivables/index.js';
import { type EvidenceBody, evidenceBody, evidenceLetterBody } from './envelopes.js';
import { EvidenceCheck } from './evidence-check.js';
import { WholeCheck } from './whole-check.js';

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
  ...{ payer: core, payee: supplier, has: '' },
};
const { has: _, ...silentInvoice } = invoice;
const part = {
  ...{ kind: 'INVOICE', amount: '10.00', currency: 'GBP', dueDate: '2027-01-12', covered: '10.00' },
  ...{ parentConfirmation: ORDER, has: '' },
};

/** What of a claim a lender may be shown: its order, its invoice, a change of the order that is proposed at first. */
interface Papers {
  readonly order?: Plain;
  readonly invoice?: Plain;
  readonly change?: Plain;
}

/** A lender that knows the claim, with whose its entities are; tags of the order that name its number are true. */
function lenderOf(of: Papers, parent: Hex | null = null) {
  const papers = [of.order ?? order, of.invoice ?? invoice, of.change ?? order].map((paper) =>
    commit(flatten(paper), newSeed()),
  );
  const [ordered, invoiced, changed] = [papers[0]!.root, papers[1]!.root, papers[2]!.root];
  let current: Hex = ordered;
  const nothing = () => Promise.resolve();
  const parties = {
    require: (entity: string, member: number, field: string) => {
      if (OWNERS.get(entity) === member) return nothing();
      throw documentPartyMismatch('another member’s', { field, member });
    },
  };
  const orders = {
    findMany: () => Promise.resolve([{ id: ORDER, commitment: current, buyer: BUYER }]),
  } as unknown as Orders;
  const kept = new Map<Hex, OrderTags>();
  const signedTags = {
    keepFingerprints: nothing,
    keepOrderTags: (tags: OrderTags) => Promise.resolve(kept.set(tags.order, tags)),
    known: () => Promise.resolve(kept),
  } as unknown as SignedTags;
  let tagKeys = 1;
  const areOutdated = (_: number, { tags }: OrderTags) => Promise.resolve(tags.length < tagKeys);
  const requireBuyersWord = async (buyer: number, given: OrderTags) => {
    if (await areOutdated(buyer, given)) throw CONTRACT_PROBLEMS.TagCountMismatch('a tag is owed for each tag key', {});
  };
  const requireOrderTags = async (buyer: number, { number }: OrderIdentity, given: OrderTags) => {
    await requireBuyersWord(buyer, given);
    if (given.tags[0]!.tag !== tagOf(number)) throw orderTagFalse('of another order', {});
  };
  const checks = {
    requireFingerprints: nothing,
    requireOrderTags,
    requireBuyersWord,
    areOutdated,
  } as unknown as TagChecks;
  const check = new EvidenceCheck(
    {
      // Whoever may write on the order's log put the invoice's root there, too.
      ofReceivable: () =>
        Promise.resolve([
          { root: invoiced, object: CLAIM },
          { root: current, object: ORDER },
          { root: invoiced, object: ORDER },
        ]),
      proposedOn: () => Promise.resolve(current === changed ? [] : [{ root: changed, object: ORDER }]),
    } as unknown as LineageDocuments,
    orders,
    parties as unknown as Parties,
    checks,
    { fingerprintsOf: () => Promise.resolve([]) } as unknown as TagStore,
    signedTags,
  );
  const documents = papers.map((paper) => ({
    root: paper.root,
    object: paper.root === invoiced ? CLAIM : ORDER,
    disclosure: paper.disclose(['']),
  }));
  const counted = { instalment: 1, instalments: 1 };
  const between = { obligor: BUYER, supplier: SUPPLIER, parent };
  const claim = { id: CLAIM, commitment: invoiced, ...between, orders: [ORDER], ...counted } as unknown as Receivable;
  const whole = new WholeCheck(
    { get: () => Promise.resolve(claim) } as unknown as Receivables,
    orders,
    check,
    signedTags,
    checks,
  );
  const copies = new Map<Hex, DisclosedDocument>();
  const opened: Hex[] = [];
  const here = (roots: readonly Hex[]) => roots.filter((root) => copies.has(root));
  const held = {
    has: (roots: readonly Hex[]) => Promise.resolve(here(roots)),
    at: (roots: readonly Hex[]) => {
      opened.push(...here(roots));
      return Promise.resolve(here(roots).map((root) => copies.get(root)!));
    },
  };
  const isWhole = (now: readonly DisclosedDocument[] = []) =>
    whole.isWhole({ object: CLAIM, onOrder: false }, now, held);
  return {
    documents,
    isWhole,
    /** Roots of copies that were opened since it was asked last. */
    opened: () => opened.splice(0),
    accept: () => (current = changed),
    /** The buyer lists a tag key. */
    listKey: () => (tagKeys += 1),
    kept: () => kept.get(ORDER)?.tags,
    /** Takes a letter in, and judges the claim as a whole while it was not yet `complete`. */
    take: async (turns: readonly number[], { complete = false, number = 'PO-1', keys = 1 } = {}) => {
      const tags = Array.from({ length: keys }, () => ({ tag: tagOf(number) }));
      const orderTags = [{ order: ORDER, account: '0x01', signature: '0x02', tags }];
      const shown = { documents: turns.map((turn) => documents[turn]!), fingerprints: [], orderTags };
      const taken = await check.ofReceivable(claim, shown as unknown as EvidenceBody, held);
      const all = complete || (await isWhole(taken));
      for (const document of taken) copies.set(document.root, document);
      return { documents: taken, complete: all };
    },
  };
}

const tagOf = (number: string): Hex => `0x${Buffer.from(number).toString('hex')}`;

/** A holder shows all documents of a claim. */
const show = (of: Papers) => lenderOf(of).take([0, 1]);

/** A holder shows them in as many letters, each to be taken before the next; whether all is there after each. */
async function showInTurn(of: Papers, turns: readonly number[]): Promise<boolean[]> {
  const lender = lenderOf(of);
  const whole: boolean[] = [];
  for (const turn of turns) whole.push((await lender.take([turn], { complete: whole.at(-1) })).complete);
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

  it('says whether the invoice names another to be paid: that is no holder’s to leave out', async () => {
    await expect(show({ invoice: silentInvoice })).rejects.toMatchObject({
      code: 'EVIDENCE_INVALID',
      facts: { path: '/has' },
    });
    expect(await show({ invoice: { ...invoice, has: 'payTo' } })).toMatchObject({ complete: true });
    const { has: _, ...silentPart } = part;
    const shown = lenderOf({ invoice: { ...silentPart, parent: CLAIM } }, CLAIM).take([1]);
    await expect(shown).rejects.toMatchObject({ code: 'EVIDENCE_INVALID', facts: { path: '/has' } });
  });

  it.each([
    ['an invoice', invoice, null],
    ['a part', { ...part, parent: CLAIM }, CLAIM],
  ])(
    'is taken of a claim that was judged before there was a word for whom to pay, again with %s that lacks it, but no offer is made on that',
    async (_, { has: __, ...silent }, parent) => {
      const lender = lenderOf({ invoice: silent }, parent);
      for (const turns of [[0, 1], [1], [2, 1]]) {
        const { documents } = await lender.take(turns, { complete: true });
        expect(documents.map(({ root }) => root)).toContain(lender.documents[1]!.root);
      }
      await expect(lender.isWhole()).rejects.toMatchObject({ code: 'EVIDENCE_INVALID', facts: { path: '/has' } });
    },
  );

  it.each([
    ['shows it', { invoice: { ...invoice, payer: supplier } }, [1], 'DOCUMENT_PARTY_MISMATCH'],
    ['shows it', { order: { ...order, buyer: supplier } }, [0], 'DOCUMENT_PARTY_MISMATCH'],
    ['shows it', { invoice: silentInvoice }, [1], 'EVIDENCE_INVALID'],
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

  it('opens no copy of what is held before all is here, nor any more once it was judged', async () => {
    const lender = lenderOf({});
    await lender.take([0]);
    for (const _ of [1, 2]) expect((await lender.take([2])).complete).toBe(false);
    expect(lender.opened()).toEqual([]);
    expect((await lender.take([1])).complete).toBe(true);
    expect(lender.opened()).toEqual([lender.documents[0]!.root]);
    await lender.take([2], { complete: true });
    await lender.take([1], { complete: true });
    expect(lender.opened()).toEqual([]);
  });

  it('other tags of an order that is held are judged by it', async () => {
    const lender = lenderOf({});
    await lender.take([0, 1]);
    await expect(lender.take([2], { complete: true, number: 'PO-2' })).rejects.toMatchObject({
      code: 'ORDER_TAG_FALSE',
    });
    expect(lender.opened()).toEqual([lender.documents[0]!.root]);
  });

  it.each([
    ['a claim', lenderOf({}), 0],
    ['a part', lenderOf({ invoice: { ...part, parent: CLAIM } }, CLAIM), 1],
  ])(
    'of %s, with tags that lack a tag key beside newer ones, is taken where these judge nothing',
    async (_, lender, judged) => {
      lender.listKey();
      await lender.take([0, 1], { keys: 2 });
      await lender.take([2], { complete: true });
      expect(lender.kept()).toHaveLength(2);
      await expect(lender.take([judged], { complete: true })).rejects.toMatchObject({ code: 'TAG_COUNT_MISMATCH' });
    },
  );

  it('is kept as of the object that it is of, whichever other has its root', async () => {
    const { documents } = await lenderOf({}).take([0, 1]);
    expect(documents.map(({ object }) => object)).toEqual([ORDER, CLAIM]);
  });

  it('makes up a claim with a version of its order that was proposed when it came', async () => {
    const lender = lenderOf({ change: { ...order, lines: [] } });
    for (const turn of [1, 2]) expect((await lender.take([turn])).complete).toBe(false);
    lender.accept();
    expect(await lender.isWhole()).toBe(true);
  });

  it('makes up no claim while a tag key of its buyer’s is not met, which is no fault of the letter', async () => {
    const lender = lenderOf({ change: { ...order, lines: [] } });
    for (const turn of [2, 1]) await lender.take([turn]);
    lender.accept();
    lender.listKey();
    expect((await lender.take([1])).complete).toBe(false);
    expect((await lender.take([1], { keys: 2 })).complete).toBe(true);
  });

  it('is refused once a proposed version of another number came in force', async () => {
    const lender = lenderOf({ change: { ...order, number: 'PO-2' } });
    for (const turn of [0, 2]) await lender.take([turn]);
    lender.accept();
    await expect(lender.take([1])).rejects.toMatchObject({ code: 'ORDER_TAG_FALSE' });
  });

  it('makes up its claim no more once a version came in force that was proposed when the claim was judged, if that is false', async () => {
    for (const [change, code] of [
      [{ ...order, number: 'PO-2' }, 'ORDER_TAG_FALSE'],
      [{ ...order, buyer: supplier }, 'DOCUMENT_PARTY_MISMATCH'],
      [{ ...order, currency: 'SEK' }, 'INVOICE_ORDER_MISMATCH'],
    ] as const) {
      const lender = lenderOf({ change });
      expect((await lender.take([0, 1])).complete).toBe(true);
      await lender.take([2], { complete: true });
      expect(await lender.isWhole()).toBe(true);
      lender.accept();
      await expect(lender.isWhole()).rejects.toMatchObject({ code });
    }
  });

  it('is something, in a letter that follows', () => {
    const one = { documents: [], fingerprints: [], orderTags: [] };
    const errors = (schema: typeof evidenceBody) =>
      schema.safeParse(one).error?.issues.map(({ path }) => path.join('.')) ?? [];
    expect(errors(evidenceBody)).toEqual(['orderTags']);
    expect(errors(evidenceLetterBody)).toEqual(['documents', 'orderTags']);
  });
});
