import { newSeed, Profiles, type StoredDocument } from '../../documents/index.js';
import type { Hex } from '../../kernel/hex.js';
import type { Grant } from '../domain/grant.js';
import { type DocumentsBody, documentsBody } from './envelopes.js';
import { HandOut } from './hand-out.js';

const [GRANT, ORDER]: Hex[] = [`0x${'0a'.repeat(32)}`, `0x${'0b'.repeat(32)}`];
const root = (n: number): Hex => `0x${n.toString(16).padStart(64, '0')}`;
const MIB = 1024 * 1024;

/** A document of so many fields besides its kind. */
function stored(n: number, fields: number): StoredDocument {
  const lines = Array.from({ length: fields }, (_, i) => ({ path: `/lines/${i}/name`, value: 'a name '.repeat(10) }));
  const document = {
    root: root(n),
    object: ORDER,
    seed: newSeed(),
    fields: [{ path: '/kind', value: 'ORDER' }, ...lines],
  };
  return document as unknown as StoredDocument;
}

/** The letters in which these documents are handed out under a grant for an audit, and the roots that count as sent. */
async function handedOut(documents: StoredDocument[]): Promise<{ letters: DocumentsBody[]; sent: number }> {
  const letters: DocumentsBody[] = [];
  let sent = 0;
  const manager = {
    query: (_sql: string, [, roots]: [unknown, Uint8Array[]?]) => {
      sent += roots?.length ?? 0;
      return Promise.resolve([]);
    },
  };
  const handOut = new HandOut(
    { manager } as never,
    { atAll: () => Promise.resolve(new Map(documents.map((document) => [document.root, document]))) } as never,
    { documents: () => Promise.resolve(documents.map(({ root }) => ({ root, object: ORDER }))) } as never,
    new Profiles(),
    { begun: () => true } as never,
    {
      send: ({ after, body }: { after: string; body: DocumentsBody }) => {
        expect(after).toBe('submission');
        return Promise.resolve(void letters.push(body));
      },
    } as never,
  );
  const grant = { id: GRANT, grantee: 3, purpose: 'AUDIT', profile: 1, fields: [''], approval: null };
  await handOut.run({ grant: grant as unknown as Grant }, 'submission');
  return { letters, sent };
}

it('shows many large documents in letters that the grantee’s node takes, each once', async () => {
  const documents = Array.from({ length: 3 }, (_, n) => stored(n, 2500));
  const { letters, sent } = await handedOut(documents);
  const sizes = letters.map((body) => Buffer.byteLength(JSON.stringify(body)));
  expect([sizes.reduce((sum, size) => sum + size, 0) > MIB, Math.max(...sizes) < MIB + 1024]).toEqual([true, true]);
  for (const body of letters) expect(documentsBody.safeParse(body).success).toBe(true);
  const shown = letters.flatMap((body) => body.documents.map(({ root }) => root));
  expect([shown, sent]).toEqual([documents.map(({ root }) => root), documents.length]);
});

it('shows a document that is larger than a letter in one of its own', async () => {
  const { letters } = await handedOut([stored(1, 10), stored(2, 8000), stored(3, 10)]);
  expect(letters.map((body) => body.documents.map(({ root }) => root))).toEqual([[root(1)], [root(2)], [root(3)]]);
});

it('sends no letter of nothing', async () => expect((await handedOut([])).letters).toEqual([]));
