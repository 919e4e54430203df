import { commit, commitmentFields, type DisclosedDocument, makeStatement, newSeed } from '../../documents/index.js';
import type { Hex } from '../../kernel/hex.js';
import { OthersRegistrations } from '../../receivables/index.js';
import { Disclosures } from './disclosures.js';

const PART: Hex = `0x${'0a'.repeat(32)}`;
const OWN: Hex = `0x${'01'.repeat(20)}`;
const LENDER: Hex = `0x${'02'.repeat(20)}`;
const note = commit(
  ['/kind', '/amount', '/currency', '/number'].map((path) => ({ path, value: path.slice(1) })),
  newSeed(),
);
const { root } = note;
const excerpt = { root, object: PART, kind: 'CREDIT_NOTE', disclosure: note.disclose(['/amount', '/currency']) };

/** A document as the vault has it. */
interface Stored {
  readonly root: Hex;
  readonly seed: ReturnType<typeof newSeed>;
  readonly fields: ReturnType<typeof commitmentFields>;
  readonly document: { readonly kind: string };
}

interface Here {
  readonly stored?: Stored;
  /** Who recorded a registration with this root. */
  readonly registeredBy?: readonly Hex[];
  readonly excerpts?: readonly DisclosedDocument[];
  readonly erased?: boolean;
}

/** Fields of what it has, else of the credit note, at a member that holds the part. */
function disclosed(
  { stored, registeredBy = [], excerpts = [], erased = false }: Here,
  fields: readonly string[],
): Promise<DisclosedDocument> {
  const document = stored?.root ?? root;
  const said = registeredBy.map((by) => ({ kind: 'REGISTRATION', receivable: PART, commitment: document, by }));
  const disclosures = new Disclosures(
    {} as never,
    {} as never,
    { get: () => Promise.resolve({ commitment: `0x${'0b'.repeat(32)}` }) } as never,
    { require: () => Promise.resolve('HOLDER') } as never,
    { documents: () => Promise.resolve([{ root: document, object: PART }]) } as never,
    new OthersRegistrations(
      { statements: () => Promise.resolve(said) } as never,
      { oneTime: () => ({ address: OWN }) } as never,
    ),
    { at: () => Promise.resolve(stored), isErased: () => Promise.resolve(false) } as never,
    { at: () => Promise.resolve(excerpts), isErased: () => Promise.resolve(erased) } as never,
    { narrowed: () => Promise.reject(new Error('a refused look')) } as never,
  );
  return disclosures.of({ object: PART, onOrder: false }, fields, document);
}

describe('fields of a document of which this member has an excerpt', () => {
  it('are those of the excerpt, and nobody’s look', async () => {
    expect(await disclosed({ excerpts: [excerpt] }, ['/amount'])).toEqual({
      ...excerpt,
      disclosure: note.disclose(['/amount']),
    });
    await expect(disclosed({ excerpts: [excerpt] }, ['/number'])).rejects.toThrow('DISCLOSURE_FIELD_MISSING');
  });

  it('are gone once it is erased', () =>
    expect(disclosed({ erased: true }, ['/amount'])).rejects.toThrow('DOCUMENT_ERASED'));

  it('are a grant’s where there is none', () => expect(disclosed({}, ['/amount'])).rejects.toThrow('a refused look'));
});

describe('fields of a registration', () => {
  const content = { register: 'UCC-1', number: '1', registeredAt: '2026-11-20T00:00:00.000Z' };
  const statement = makeStatement('REGISTRATION', content);
  const [fields, seed] = [commitmentFields(statement, { version: 1, orders: [PART], receivable: PART }), newSeed()];
  const stored = { root: commit(fields, seed).root, fields, seed, document: statement };

  it('are for who recorded it alone to show', async () => {
    await expect(disclosed({ stored, registeredBy: [LENDER] }, ['/number'])).rejects.toThrow(
      'REGISTRATION_UNAUTHORIZED',
    );
    for (const registeredBy of [[OWN], [OWN, LENDER]])
      expect(await disclosed({ stored, registeredBy }, ['/number'])).toMatchObject({ kind: 'REGISTRATION' });
  });

  it('are no others for that a lender recorded their root as one', async () => {
    const invoice = { ...stored, document: { kind: 'INVOICE' } };
    expect(await disclosed({ stored: invoice, registeredBy: [LENDER] }, ['/number'])).toMatchObject({
      kind: 'INVOICE',
    });
  });
});
