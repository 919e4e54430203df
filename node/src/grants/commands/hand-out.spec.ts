import {
  commit,
  type DisclosedDocument,
  newSeed,
  Profiles,
  type StoredDocument,
  verifyDisclosure,
} from '../../documents/index.js';
import type { Hex } from '../../kernel/hex.js';
import { OthersRegistrations } from '../../receivables/index.js';
import type { Grant } from '../domain/grant.js';
import { type DocumentsBody, documentsBody } from './envelopes.js';
import { HandOut } from './hand-out.js';

const [GRANT, ORDER]: Hex[] = [`0x${'0a'.repeat(32)}`, `0x${'0b'.repeat(32)}`];
const OWN: Hex = `0x${'01'.repeat(20)}`;
const LENDER: Hex = `0x${'02'.repeat(20)}`;
const root = (n: number): Hex => `0x${n.toString(16).padStart(64, '0')}`;
const MIB = 1024 * 1024;

/** A document of so many fields besides its kind. */
function stored(n: number, fields: number, kind = 'ORDER'): StoredDocument {
  const lines = Array.from({ length: fields }, (_, i) => ({ path: `/lines/${i}/name`, value: 'a name '.repeat(10) }));
  const document = {
    root: root(n),
    object: ORDER,
    seed: newSeed(),
    fields: [{ path: '/kind', value: kind }, ...lines],
    document: { kind },
  };
  return document as unknown as StoredDocument;
}

/** One of which this member has a field alone. */
function documentInPart(): DisclosedDocument {
  const { fields, seed } = stored(1, 3);
  const commitment = commit(fields, seed);
  return { root: commitment.root, object: ORDER!, kind: 'ORDER', disclosure: commitment.disclose(['/lines/1/name']) };
}

/** The rule by what the chain's log has of registrations. */
function registrationsOf(registered: readonly { readonly commitment: Hex; readonly by: Hex }[]): OthersRegistrations {
  const said = registered.map((each) => ({ kind: 'REGISTRATION', receivable: ORDER, ...each }));
  return new OthersRegistrations(
    { statements: () => Promise.resolve(said) } as never,
    { oneTime: () => ({ address: OWN }) } as never,
  );
}

interface HandedOut {
  readonly letters: DocumentsBody[];
  /** Roots that count as shown, and those that are too large for it. */
  readonly shown: Hex[];
  readonly tooLarge: Hex[];
}

/** How these documents are handed out under a grant for an audit, where a letter takes no more than that. */
async function handedOut(
  documents: StoredDocument[],
  largestBody = 12 * MIB,
  registered: readonly { readonly commitment: Hex; readonly by: Hex }[] = [],
  excerpts: readonly DisclosedDocument[] = [],
): Promise<HandedOut> {
  const handed: HandedOut = { letters: [], shown: [], tooLarge: [] };
  const out = {
    of: () => Promise.resolve(new Set()),
    add: (_: Hex, roots: Hex[], { tooLarge } = { tooLarge: false }) =>
      Promise.resolve(void handed[tooLarge ? 'tooLarge' : 'shown'].push(...roots)),
  };
  const handOut = new HandOut(
    out as never,
    { atAll: () => Promise.resolve(new Map(documents.map((document) => [document.root, document]))) } as never,
    { at: () => Promise.resolve(excerpts) } as never,
    {
      documents: () => Promise.resolve([...documents, ...excerpts].map(({ root }) => ({ root, object: ORDER }))),
    } as never,
    registrationsOf(registered),
    new Profiles(),
    { begun: () => true } as never,
    {
      largestBody,
      send: ({ after, body }: { after: string; body: DocumentsBody }) => {
        expect(after).toBe('submission');
        const size = Buffer.byteLength(JSON.stringify(body));
        if (size > largestBody) throw new Error(`the exchange takes no body of ${size} bytes`);
        return Promise.resolve(void handed.letters.push(body));
      },
    } as never,
  );
  const grant = { id: GRANT, grantee: 3, purpose: 'AUDIT', profile: 1, fields: [''], approval: null };
  await handOut.run({ grant: grant as unknown as Grant }, 'submission');
  return handed;
}

it('shows many large documents in letters that the grantee’s node takes, each once', async () => {
  const documents = Array.from({ length: 3 }, (_, n) => stored(n, 2500));
  const { letters, shown: counted } = await handedOut(documents);
  const sizes = letters.map((body) => Buffer.byteLength(JSON.stringify(body)));
  expect([sizes.reduce((sum, size) => sum + size, 0) > MIB, Math.max(...sizes) < MIB + 1024]).toEqual([true, true]);
  for (const body of letters) expect(documentsBody.safeParse(body).success).toBe(true);
  const shown = letters.flatMap((body) => body.documents.map(({ root }) => root));
  expect([shown, counted]).toEqual([documents, documents].map((each) => each.map(({ root }) => root)));
});

it('shows a document that is larger than a letter in one of its own', async () => {
  const { letters } = await handedOut([stored(1, 10), stored(2, 8000), stored(3, 10)]);
  expect(letters.map((body) => body.documents.map(({ root }) => root))).toEqual([[root(1)], [root(2)], [root(3)]]);
});

it('leaves out what no letter takes, notes that, and shows the others all the same', async () => {
  const documents = [stored(1, 10), stored(2, 8000), stored(3, 10)];
  const { letters, shown, tooLarge } = await handedOut(documents, MIB);
  expect(letters.flatMap((body) => body.documents.map(({ root }) => root))).toEqual([root(1), root(3)]);
  expect([shown, tooLarge]).toEqual([[root(1), root(3)], [root(2)]]);
});

it('sends no letter of nothing', async () => expect((await handedOut([])).letters).toEqual([]));

it('passes over what a lender registered, for good', async () => {
  const documents = [stored(1, 2, 'REGISTRATION'), stored(2, 2)];
  const { letters, shown } = await handedOut(documents, undefined, [{ commitment: root(1), by: LENDER }]);
  expect(letters.flatMap((letter) => letter.documents.map((each) => each.root))).toEqual([root(2)]);
  expect(shown).toEqual([root(1), root(2)]);
});

it('shows what is no registration, or its own, whoever records its root as one of theirs', async () => {
  const documents = [stored(1, 2, 'INVOICE'), stored(2, 2, 'REGISTRATION')];
  const inPart = { ...documentInPart(), kind: 'ORDER' };
  const roots = [root(1), root(2), inPart.root];
  const byLender = roots.map((commitment) => ({ commitment, by: LENDER }));
  const registered = [...byLender, { commitment: root(2), by: OWN }];
  const { letters } = await handedOut(documents, undefined, registered, [inPart]);
  expect(letters.flatMap((letter) => letter.documents.map((each) => each.root))).toEqual(roots);
});

it('shows of what this member itself has in part no more than that', async () => {
  const inPart = documentInPart();
  const { root, disclosure } = inPart;
  const { letters, shown } = await handedOut([], undefined, [], [inPart]);
  expect(letters).toEqual([{ documents: [{ root, disclosure }] }]);
  expect(verifyDisclosure(letters[0]!.documents[0]!.disclosure, root)).toMatchObject({ valid: true });
  expect(shown).toEqual([root]);
});
