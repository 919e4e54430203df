import { orderDocument } from '../testing/documents.js';
import { readDrafts } from './bulk-drafts.js';

const lines = (count: number) =>
  Buffer.from(
    Array.from({ length: count }, (_, i) =>
      JSON.stringify({ supplier: `s-${i}`, document: orderDocument({ number: `N-${i}` }) }),
    ).join('\n'),
  );

it('are read in the order given, while others have their turns', async () => {
  let turns = 0;
  let isRead = false;
  const turn = (): unknown => (isRead ? undefined : (turns++, setImmediate(turn)));
  setImmediate(turn);
  const drafts = await readDrafts(lines(100), 'application/x-ndjson');
  isRead = true;
  expect(drafts.map(({ supplier, document }) => [supplier, document.model.number])).toEqual(
    Array.from({ length: 100 }, (_, i) => [`s-${i}`, `N-${i}`]),
  );
  expect(turns).toBeGreaterThanOrEqual(3);
});

it('are refused by the first that cannot be read, with its place', async () => {
  const body = Buffer.concat([lines(40), Buffer.from('\n{"supplier":"s","document":{"kind":"ORDER"}}\n{')]);
  await expect(readDrafts(body, 'application/x-ndjson')).rejects.toMatchObject({ facts: { item: 40 } });
});

it('are UTF-8, whose mark may stand at the start alone', async () => {
  const marked = Buffer.concat([Buffer.from('\ufeff'), lines(2)]);
  expect(await readDrafts(marked, 'application/x-ndjson')).toHaveLength(2);
  const joined = readDrafts(Buffer.concat([marked, Buffer.from('\n'), marked]), 'application/x-ndjson');
  await expect(joined).rejects.toMatchObject({ code: 'REQUEST_INVALID', facts: { item: 2 } });
  const latin = Buffer.from(lines(1).toString().replace('s-0', 'Haldén'), 'latin1');
  await expect(readDrafts(latin, 'application/x-ndjson')).rejects.toMatchObject({ code: 'REQUEST_MALFORMED' });
});

it('are at most a thousand, and at least one', async () => {
  const refused = (count: number) => readDrafts(lines(count), 'application/x-ndjson');
  await expect(refused(1001)).rejects.toMatchObject({ code: 'REQUEST_INVALID', facts: { most: 1000 } });
  await expect(refused(0)).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
});
