import {
  commit,
  commitmentFields,
  type DisclosedDocument,
  type DocumentPlace,
  importDocument,
  makeStatement,
  newSeed,
} from '../../documents/index.js';
import type { Disclosure } from '../../kernel/disclosure.js';
import type { Hex } from '../../kernel/hex.js';
import { OthersRegistrations } from '../../receivables/index.js';
import { BundleDocuments } from './bundle-documents.js';

const TAG: Hex = `0x${'aa'.repeat(32)}`;
const OWN: Hex = `0x${'01'.repeat(20)}`;
const LENDER: Hex = `0x${'02'.repeat(20)}`;
const party = { id: '5012345678900', scheme: '0088' };
const parties = { buyer: party, seller: party };

/** A document as the vault has it. */
function stored(json: Record<string, unknown>) {
  const bytes = Buffer.from(JSON.stringify({ issueDate: '2026-11-20', ...parties, ...json }));
  const document = importDocument(bytes, 'application/json');
  const binding = { version: 1, ...(document.kind === 'ORDER' ? { tag: TAG } : { orders: [TAG] }) };
  const [fields, seed] = [commitmentFields(document, binding), newSeed()];
  return { root: commit(fields, seed).root, object: TAG, fields, seed, document };
}

/** Which fields of an order a file shows beside a receipt with such a line. */
async function shownOf(line: Record<string, unknown>): Promise<string[]> {
  const lines = [{ id: '1', item: 'RING', quantity: 100, amount: '100.00' }];
  const order = stored({ kind: 'ORDER', number: 'PO-1', currency: 'GBP', amount: '107.50', lines });
  const receipt = stored({ kind: 'RECEIPT', number: 'RA-1', lines: [{ id: '1', quantity: 90, ...line }] });
  const documents = await shownIn({ own: [order, receipt] });
  return documents.get(order.root)!.fields.map(({ path }) => path);
}

interface Here {
  readonly own?: readonly ReturnType<typeof stored>[];
  readonly excerpts?: readonly DisclosedDocument[];
  readonly granted?: readonly DisclosedDocument[];
  /** Roots that the lender recorded as registrations. */
  readonly registered?: readonly Hex[];
}

/** What goes into a file of a member with these documents. */
function shownIn(
  { own = [], excerpts = [], granted = [], registered = [] }: Here,
  pointers?: readonly string[],
): Promise<ReadonlyMap<Hex, Disclosure>> {
  const vault = { atAll: () => Promise.resolve(new Map(own.map((each) => [each.root, each]))) };
  const all = [...own, ...excerpts, ...granted];
  const within = (documents: readonly DisclosedDocument[]) => (places: readonly DocumentPlace[]) =>
    Promise.resolve(documents.filter(({ root }) => places.some((place) => place.root === root)));
  const shown = { of: within([...excerpts, ...granted]) };
  const said = registered.map((commitment) => ({ kind: 'REGISTRATION', receivable: TAG, commitment, by: LENDER }));
  const registrations = new OthersRegistrations(
    { statements: () => Promise.resolve(said) } as never,
    { oneTime: () => ({ address: OWN }) } as never,
  );
  const documents = new BundleDocuments(
    vault as never,
    { at: within(excerpts) } as never,
    shown as never,
    registrations,
  );
  return documents.of(all, new Map(), pointers);
}

describe('what of an order goes into a file', () => {
  it('is its number where a line of a receipt is to be held against it, and else not', async () => {
    expect(await shownOf({ orderLine: '1', orderNumber: 'PO-1' })).toContain('/number');
    expect(await shownOf({ orderLine: '1' })).not.toContain('/number');
  });

  it.each([
    ['refers to its line', { item: 'RING', orderLine: '1' }, false],
    ['refers to a line that it has not', { item: 'RING', orderLine: '7' }, true],
    ['names the goods alone', { item: 'RING' }, true],
    ['has but its number', {}, false],
  ])('is what is traded where a line of a receipt %s: %j %s', async (_, line, told) => {
    expect((await shownOf(line)).includes('/lines/0/item')).toBe(told);
  });
});

it('leaves out what a lender registered, and no other document whose root it records as a registration', async () => {
  const order = stored({ kind: 'ORDER', number: 'PO-1', currency: 'GBP', amount: '107.50', lines: [] });
  const statement = makeStatement('REGISTRATION', {
    register: 'UCC-1',
    number: '1',
    registeredAt: '2026-11-20T00:00:00.000Z',
  });
  const [fields, seed] = [commitmentFields(statement, { version: 1, orders: [TAG], receivable: TAG }), newSeed()];
  const registration = { root: commit(fields, seed).root, object: TAG, fields, seed, document: statement };
  const shown = await shownIn({ own: [order, registration], registered: [order.root, registration.root] });
  expect([...shown.keys()]).toEqual([order.root]);
});

describe('a document that this member has in part', () => {
  const order = stored({ kind: 'ORDER', number: 'PO-1', currency: 'GBP', amount: '107.50', lines: [] });
  const note = commit(
    ['/kind', '/amount', '/currency', '/number'].map((path) => ({ path, value: path.slice(1) })),
    newSeed(),
  );
  const inPart = {
    object: TAG,
    root: note.root,
    kind: 'CREDIT_NOTE',
    disclosure: note.disclose(['/amount', '/currency']),
  };

  it('goes out as an excerpt whole, or those of its fields that are asked for', async () => {
    const here = { own: [order], excerpts: [inPart] };
    expect((await shownIn(here)).get(note.root)).toEqual(inPart.disclosure);
    const amounts = await shownIn(here, ['/amount']);
    expect(amounts.get(note.root)).toEqual(note.disclose(['/amount']));
    expect(amounts.get(order.root)!.fields.map(({ path }) => path)).toContain('/amount');
    const alone = await shownIn({ excerpts: [inPart] }, ['/currency']);
    expect(alone.get(note.root)).toEqual(note.disclose(['/currency']));
    await expect(shownIn(here, ['/lines/0/item'])).rejects.toThrow('PROOF_FIELDS_UNKNOWN');
  });

  it('goes out under a grant as it was shown alone', async () => {
    const here = { own: [order], granted: [inPart] };
    expect((await shownIn(here)).get(note.root)).toEqual(inPart.disclosure);
    await expect(shownIn(here, ['/amount'])).rejects.toThrow('REDISCLOSURE_WHOLE');
  });
});
