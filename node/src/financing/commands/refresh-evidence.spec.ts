import { Logger } from '@nestjs/common';
import type { Hex } from '../../kernel/hex.js';
import { EvidenceLetters } from './evidence-letters.js';
import { RefreshEvidence } from './refresh-evidence.js';

const KIB = 1024;
const root = (n: number): Hex => `0x${n.toString(16).padStart(64, '0')}`;
const [FINANCING, OBJECT] = [root(10), root(11)];

/** What a holder does that is asked to show documents of so many bytes again, all of which it has shown. */
async function refreshed({ lacking = false, untaken = [] as number[], sent = true }, ...sizes: number[]) {
  const documents = sizes.map((bytes, i) => ({ root: root(i), object: OBJECT, disclosure: 'x'.repeat(bytes) }));
  const did: unknown[] = [];
  const shown = {
    letters: () => Promise.resolve(new Map(untaken.map((n) => [root(n), 'refused']))),
    add: () => Promise.resolve(),
    forget: (_: Hex, roots: Hex[]) => Promise.resolve(void did.push(['forget', roots.map(Number)])),
  };
  const exchange = {
    largestBody: 96 * KIB,
    untaken: (ids: string[]) => Promise.resolve(new Set(ids)),
    send: ({ body }: { body: { documents: { root: Hex }[] } }) => {
      did.push(['send', body.documents.map(({ root }) => Number(root))]);
      return Promise.resolve('letter');
    },
  };
  const financing = { id: FINANCING, lender: 3, side: 'HOLDER', object: OBJECT, onOrder: true, sent };
  const refresh = new RefreshEvidence(
    { lock: () => Promise.resolve({ financing, status: 'OFFERED' }) } as never,
    {
      signatures: () => Promise.resolve({ fingerprints: [], orderTags: [] }),
      documents: () => Promise.resolve({ documents, items: false }),
      judgedBy: () => Promise.resolve([root(1)]),
    } as never,
    { lack: () => Promise.resolve(lacking) } as never,
    new EvidenceLetters(exchange as never, shown as never),
    shown as never,
    { lookAgain: (id: Hex) => Promise.resolve(void did.push(['look', id])) } as never,
    { ofFinancing: () => Promise.resolve({ grant: { fields: [] } }) } as never,
    { isOver: () => false } as never,
  );
  return { leftOut: (await refresh.run(FINANCING)).map(({ root }) => Number(root)), did };
}

beforeAll(() => Logger.overrideLogger(false));

it('shows all again but for a document that no letter takes, and tells of that', async () => {
  expect(await refreshed({}, 10 * KIB, 90 * KIB, 10 * KIB)).toEqual({ leftOut: [1], did: [['send', [0, 2]]] });
});

it('shows apart what its lender did not take in', async () => {
  const did = [
    ['send', [0, 2]],
    ['send', [1]],
  ];
  expect(await refreshed({ untaken: [1] }, KIB, KIB, KIB)).toEqual({ leftOut: [], did });
});

it('shows what the claim is judged by once the buyer has tagged the orders under each of its keys, all else at once', async () => {
  const did = [
    ['send', [0, 2]],
    ['forget', [1]],
    ['look', FINANCING],
  ];
  expect(await refreshed({ lacking: true }, KIB, KIB, KIB)).toEqual({ leftOut: [], did });
});

it('shows nothing ahead of a request that waits for the buyer’s tags', async () => {
  await expect(refreshed({ sent: false }, KIB)).rejects.toMatchObject({ code: 'EVIDENCE_INVALID' });
});
