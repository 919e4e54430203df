import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Found, isUnfit, type Item } from '../item.js';
import { collect } from '../testing/collect.js';
import { linesOf } from './lines.js';
import { MOST_BYTES } from './ndjson.js';
import { openSource, type SourceOptions } from './open-source.js';

const dir = mkdtempSync(join(tmpdir(), 'tradeproof-import-'));
writeFileSync(join(dir, 'what.txt'), 'whatever');
afterAll(() => rmSync(dir, { recursive: true }));

let count = 0;
/** Items of a file that says `content`. */
async function items(extension: string, content: string | Buffer, options: SourceOptions = {}): Promise<Item[]> {
  const path = join(dir, `${++count}.${extension}`);
  writeFileSync(path, content);
  return collect(openSource(path, options).items);
}
const told = (found: readonly Item[]): string[] =>
  found.map((item) => `${item.place}: ${isUnfit(item) ? item.refusal.code : item.text}`);
const documentsOf = (found: readonly Item[]): unknown[] =>
  found.map((item) => JSON.parse((item as Found).text) as unknown);
const stopped = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'NOTHING',
    (error: { code?: string }) => error.code,
  );

describe('lines', () => {
  it('are the same however the bytes arrive', async () => {
    const text = Buffer.from('one\ntwo, longer\n\nthree');
    for (const size of [1, 2, 3, 7, 100]) {
      const chunks = async function* () {
        for (let at = 0; at < text.length; at += size) yield await Promise.resolve(text.subarray(at, at + size));
      };
      const lines = await collect(linesOf(chunks(), 5));
      expect(lines.map(({ number, bytes }) => [number, bytes?.toString()])).toEqual([
        ...[
          [1, 'one'],
          [2, undefined],
          [3, ''],
          [4, 'three'],
        ],
      ]);
    }
  });
});

describe('NDJSON', () => {
  const line = '{"supplier":"s","document":{"number":"A","quantity":1.10}}';

  it('is passed on as it was written, with the supplier that was said where a line says none', async () => {
    const bare = '{"number":"B","amount":107.50}';
    const content = `\ufeff${line}\r\n\n  {"document":{"number":"C"}}\n${bare}`;
    expect(told(await items('ndjson', content, { supplier: 'x"' }))).toEqual([
      `line 1: ${line}`,
      'line 3: {"supplier":"x\\"","document":{"number":"C"}}',
      `line 4: {"supplier":"x\\"","document":${bare}}`,
    ]);
  });

  it.each<[string, string | Buffer, string]>([
    ['is cut off', `${line}\n${line.slice(0, 20)}`, 'line 2: LINE_MALFORMED'],
    ['is no object', `${line}\n[1]\n`, 'line 2: LINE_MALFORMED'],
    [
      'is not UTF-8',
      Buffer.concat([Buffer.from(`${line}\n"`), Buffer.from([0xff, 0x22, 10])]),
      'line 2: LINE_NOT_UTF8',
    ],
    ['names no supplier', `${line}\n{"document":{}}\n`, 'line 2: SUPPLIER_MISSING'],
    ['is endless', `${line}\n{"document":"${'x'.repeat(MOST_BYTES)}"}\n${line}`, 'line 2: LINE_TOO_LONG'],
  ])('refuses a line that %s, and reads on', async (_, content, expected) => {
    const found = told(await items('ndjson', content));
    expect(found[0]).toBe(`line 1: ${line}`);
    expect(found[1]).toBe(expected);
    if (found.length > 2) expect(found[2]).toBe(`line 3: ${line}`);
  });
});

describe('CSV', () => {
  const header = 'supplier,number,currency,buyer.id,line.item,line.quantity,line.amount';

  it('makes one order of rows with one number, and nothing of empty cells', async () => {
    const rows = ['s,A,GBP,1,RING,100,75.00', ',A,,,"CAP, ""cast""",50,', 't,B,EUR,2,,,'];
    const found = await items('csv', `\ufeff${[header, ...rows].join('\r\n')}\r\n`);
    expect(found.map(({ place }) => place)).toEqual(['lines 2-3', 'line 4']);
    expect(documentsOf(found)).toEqual([
      {
        supplier: 's',
        document: {
          ...{ kind: 'ORDER', number: 'A', currency: 'GBP', buyer: { id: '1' } },
          lines: [
            { item: 'RING', quantity: '100', amount: '75.00' },
            { item: 'CAP, "cast"', quantity: '50' },
          ],
        },
      },
      { supplier: 't', document: { kind: 'ORDER', number: 'B', currency: 'EUR', buyer: { id: '2' } } },
    ]);
    // As a spreadsheet has it: the order's own cells in its first row only.
    const named = await items('csv', [header, 's,A,GBP,1,RING,100,75.00', ',,,,CAP,50,', ', ,,,BOX,1,'].join('\n'));
    expect(named.map(({ place }) => place)).toEqual(['lines 2-4']);
    expect(documentsOf(named)).toMatchObject([
      { document: { number: 'A', lines: [{}, { item: 'CAP' }, { item: 'BOX' }] } },
    ]);
    const other = await items('csv', 'number;line.quantity\nA;1,5', { supplier: 'x', delimiter: ';' });
    expect(documentsOf(other)).toMatchObject([{ supplier: 'x', document: { lines: [{ quantity: '1,5' }] } }]);
  });

  it.each([
    ['has a column that nobody reads', `${header},prize\n`, 'CSV_COLUMN_UNKNOWN'],
    ['has a column twice', `${header},number\n`, 'CSV_COLUMN_TWICE'],
    ['has no order numbers', 'supplier,currency\n', 'CSV_COLUMN_MISSING'],
    ['names no suppliers', 'number,currency\n', 'CSV_COLUMN_MISSING'],
  ])('is not begun when it %s', async (_, content, code) => {
    expect(await stopped(items('csv', content))).toBe(code);
  });

  it.each<[string, string[], string[]]>([
    ['says otherwise', ['s,A,GBP,1,RING,1,1', 's,A,EUR,1,RING,1,1'], ['lines 2-3: CSV_ORDER_INCONSISTENT']],
    ['has no number', ['s,,GBP,1,RING,1,1', 's,B,GBP,1,RING,1,1'], ['line 2: CSV_NUMBER_MISSING']],
    [
      'has no number and is of another',
      ['s,A,GBP,1,RING,1,1', 't,,GBP,1,RING,1,1'],
      ['lines 2-3: CSV_ORDER_INCONSISTENT'],
    ],
    ['names no supplier', [',A,GBP,1,RING,1,1', 's,B,GBP,1,RING,1,1'], ['line 2: SUPPLIER_MISSING']],
  ])('posts nothing of an order of which a row %s', async (_, rows, expected) => {
    const found = told(await items('csv', [header, ...rows].join('\n')));
    expect(found.slice(0, expected.length)).toEqual(expected);
    expect(found.slice(expected.length).every((each) => each.includes('"number":"B"'))).toBe(true);
  });

  const [a, b, c] = ['A', 'B', 'C'].map((number) => `s,${number},GBP,1,RING,1,1`) as [string, string, string];
  it.each<[string, string[], string[]]>([
    ['has too few cells', [a, 's,A,GBP', b, c], ['lines 2-3: CSV_ROW_WIDTH', 'line 4: CSV_ROW_WIDTH']],
    ['has too many', [`${a},,`, b, c], ['line 2: CSV_ROW_WIDTH', 'line 3: CSV_ROW_WIDTH']],
    ['has another cell where its number should be', [a, 's,Inc,A,GBP,1,RING,1,1'], ['lines 2-3: CSV_ROW_WIDTH']],
    [
      'has another number there',
      [a, 's,B,A,GBP,1,RING,1,1', b, c],
      ['lines 2-3: CSV_ROW_WIDTH', 'line 4: CSV_ROW_WIDTH'],
    ],
    ['is cut off before its number', [a, 's'], ['lines 2-3: CSV_ROW_WIDTH']],
    ['is cut off in its number', [a.replace('A', 'A7'), 's,A'], ['lines 2-3: CSV_ROW_WIDTH']],
    [
      'has a number that is no UTF-8',
      [a, a.replace('A', '\xff'), b, c],
      ['lines 2-3: CSV_NOT_UTF8', 'line 4: CSV_NOT_UTF8'],
    ],
    [
      'is followed by rows without a number',
      [a, 's,B', ',,,,CAP,1,1', b, c],
      ['lines 2-4: CSV_ROW_WIDTH', 'line 5: CSV_ROW_WIDTH'],
    ],
    ['is followed by the same order', [a, 's', a, b, c], ['lines 2-4: CSV_ROW_WIDTH', 'line 5: CSV_ROW_WIDTH']],
  ])('posts neither the order before a row that %s nor the one after it', async (_, rows, expected) => {
    const found = told(await items('csv', Buffer.from([header, ...rows].join('\n'), 'latin1')));
    expect(found.slice(0, expected.length)).toEqual(expected);
    expect(found.slice(expected.length).map((each) => each.includes('"number":"C"'))).toEqual(
      rows.includes(c) ? [true] : [],
    );
  });

  it('refuses rows that stand apart from the first of their order, which was sent without them', async () => {
    const rows = ['s,A,GBP,1,RING,1,1', 's,B,GBP,1,RING,1,1', 's,A,GBP,2,RING,1,1', 's,A,GBP,3,RING,1,1'];
    const found = told(await items('csv', [header, ...rows].join('\n')));
    expect(found.map((each) => each.split(': ')[0])).toEqual(['line 2', 'line 3', 'lines 4-5']);
    expect(found.at(-1)).toBe('lines 4-5: CSV_ROWS_APART');
  });

  it('says where it cannot be read on, and posts nothing of the order there', async () => {
    const rows = ['s,A,GBP,1,RING,1,1', 's,B,GBP,1,RING,1,1', 's,B,GBP,1,"RING,1,1', 's,C,GBP,1,RING,1,1'];
    const found = told(await items('csv', [header, ...rows].join('\n')));
    expect(found[0]).toContain('"number":"A"');
    expect(found.slice(1).map((each) => each.split(': ')[1])).toEqual(['CSV_QUOTE_NOT_CLOSED', 'CSV_QUOTE_NOT_CLOSED']);
    const bytes = Buffer.concat([Buffer.from(`${header}\ns,A,GBP,1,`), Buffer.from([0xe9]), Buffer.from(',1,1\n')]);
    expect(told(await items('csv', bytes))).toEqual(['line 2: CSV_NOT_UTF8']);
  });
});

describe('a folder', () => {
  it('has an order a file, and names what is none', async () => {
    const folder = join(dir, 'ubl');
    mkdirSync(join(folder, 'c.xml'), { recursive: true });
    writeFileSync(join(folder, 'a.xml'), '<Order/>');
    writeFileSync(join(folder, 'b.txt'), 'no order');
    writeFileSync(join(folder, 'd.XML'), 'x'.repeat(MOST_BYTES / 2 + 1));
    writeFileSync(join(folder, '.hidden'), '');
    const source = openSource(folder, { supplier: 's' });
    expect(told(await collect(source.items))).toEqual([
      `a.xml: {"supplier":"s","xml":"${Buffer.from('<Order/>').toString('base64')}"}`,
      'b.txt: FILE_NOT_XML',
      'c.xml: FILE_NOT_XML',
      'd.XML: FILE_TOO_LARGE',
    ]);
    expect([source.read(), source.total]).toEqual([4, 4]);
  });

  it.each<[string, () => void, string]>([
    ['it is not there', () => openSource(join(dir, 'none.csv'), {}), 'SOURCE_UNREADABLE'],
    ['nobody knows what it is', () => openSource(join(dir, 'what.txt'), {}), 'FORMAT_UNKNOWN'],
    ['a folder is no CSV', () => openSource(dir, { format: 'csv' }), 'FORMAT_MISMATCH'],
    ['nobody says whom it is for', () => openSource(dir, {}), 'SUPPLIER_MISSING'],
  ])('or a file is not begun when %s', (_, open, code) => {
    expect(open).toThrow(expect.objectContaining({ code }));
  });
});
