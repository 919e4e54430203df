import { commit, type DisclosedDocument, newSeed } from '../../documents/index.js';
import type { Hex } from '../../kernel/hex.js';
import { Disclosures } from './disclosures.js';

const PART: Hex = `0x${'0a'.repeat(32)}`;
const note = commit(
  ['/kind', '/amount', '/currency', '/number'].map((path) => ({ path, value: path.slice(1) })),
  newSeed(),
);
const { root } = note;
const excerpt = { root, object: PART, kind: 'CREDIT_NOTE', disclosure: note.disclose(['/amount', '/currency']) };

interface Here {
  readonly excerpts?: readonly DisclosedDocument[];
  readonly erased?: boolean;
}

/** Fields of the credit note at a member that holds the part. */
function disclosed({ excerpts = [], erased = false }: Here, fields: readonly string[]): Promise<DisclosedDocument> {
  const disclosures = new Disclosures(
    {} as never,
    {} as never,
    { get: () => Promise.resolve({ commitment: `0x${'0b'.repeat(32)}` }) } as never,
    { require: () => Promise.resolve('HOLDER') } as never,
    { documents: () => Promise.resolve([{ root, object: PART }]) } as never,
    { at: () => Promise.resolve(undefined), isErased: () => Promise.resolve(false) } as never,
    { at: () => Promise.resolve(excerpts), isErased: () => Promise.resolve(erased) } as never,
    { narrowed: () => Promise.reject(new Error('a refused look')) } as never,
  );
  return disclosures.of({ object: PART, onOrder: false }, fields, root);
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
