import { MOST_ITEM_BYTES } from './evidence-item.js';
import { readItems } from './read-items.js';

const object = `0x${'5c'.repeat(32)}`;
const item = (over: object = {}) => ({ id: 'r-1', kind: 'SENSOR_READING', at: '2026-11-25T10:00:00+08:00', ...over });
const read = (...texts: string[]) => readItems(texts.map((text, i) => ({ item: i, line: i + 1, text })));

it('reads what each item is, and keeps its text as it was sent', async () => {
  const text = `{"id":"urn:reading:7","kind":"step", "at":"2026-11-25T10:00:00Z","order":"${object}","data":{"celsius":20.50}}`;
  const { items, faults } = await read(
    text,
    JSON.stringify(item({ receivable: object })),
    JSON.stringify(item({ id: 'a' })),
  );
  expect(faults.count).toBe(0);
  expect(items.map(({ id, of, object: subject }) => [id, of, subject])).toEqual([
    ['urn:reading:7', 'order', object],
    ['r-1', 'receivable', object],
    ['a', null, null],
  ]);
  expect(items[0]!.text).toBe(text);
});

it('takes an item that comes twice, word for word, once', async () => {
  const text = JSON.stringify(item());
  const { items, faults } = await read(text, text);
  expect([items.length, faults.count]).toEqual([1, 0]);
});

const deep = `{"a":${'['.repeat(64)}${']'.repeat(64)}}`;

it.each<[string, string, string, object]>([
  ['what is no JSON', '{"id":', 'EVIDENCE_ITEM_MALFORMED', {}],
  ['what is no object', '[1]', 'EVIDENCE_ITEM_MALFORMED', { pointer: '' }],
  ['an id that no path takes', JSON.stringify(item({ id: 'a/b' })), 'EVIDENCE_ITEM_MALFORMED', { pointer: '/id' }],
  [
    'a time without a zone',
    JSON.stringify(item({ at: '2026-11-25T10:00:00' })),
    'EVIDENCE_ITEM_MALFORMED',
    { pointer: '/at' },
  ],
  [
    'an order by another name',
    JSON.stringify(item({ order: 'B-1' })),
    'EVIDENCE_ITEM_MALFORMED',
    { pointer: '/order' },
  ],
  [
    'two subjects',
    JSON.stringify(item({ order: object, receivable: object })),
    'EVIDENCE_ITEM_MALFORMED',
    { pointer: '' },
  ],
  ['data that is a list', JSON.stringify(item({ data: [1] })), 'EVIDENCE_ITEM_MALFORMED', { pointer: '/data' }],
  ['a member that nobody knows', JSON.stringify(item({ extra: 1 })), 'EVIDENCE_ITEM_MALFORMED', { pointer: '' }],
  [
    'a key twice',
    '{"id":"a","kind":"b","at":"2026-11-25T10:00:00Z","data":{"document":{"x":1,"x":2}}}',
    'EVIDENCE_ITEM_MALFORMED',
    { key: 'x' },
  ],
  ['what is nested too deep', `{"id":"a","data":${deep}}`, 'EVIDENCE_ITEM_MALFORMED', {}],
  [
    'too much',
    JSON.stringify(item({ data: { note: 'x'.repeat(MOST_ITEM_BYTES) } })),
    'EVIDENCE_ITEM_TOO_LARGE',
    { most: MOST_ITEM_BYTES },
  ],
  ['another item under the same id', JSON.stringify(item({ kind: 'OTHER' })), 'EVIDENCE_ID_TAKEN', { id: 'r-1' }],
])('finds %s, and says where', async (_, text, code, facts) => {
  const { faults } = await read(JSON.stringify(item()), text);
  expect(faults.toFacts()).toMatchObject({ refused: 1, faults: [{ item: 1, line: 2, code, facts }] });
});

it('counts all faults and lists the first hundred', async () => {
  const { faults } = await read(...Array.from({ length: 150 }, () => '{}'));
  const { refused, faults: listed } = faults.toFacts();
  expect([refused, listed.length]).toEqual([150, 100]);
});
