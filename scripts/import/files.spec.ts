import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unfit } from './item.js';
import { Journal } from './journal.js';
import { RefusedFile } from './refused-file.js';

const dir = mkdtempSync(join(tmpdir(), 'tradeproof-import-'));
afterAll(() => rmSync(dir, { recursive: true }));

const code = (run: () => unknown): unknown => {
  try {
    run();
    return 'NOTHING';
  } catch (error) {
    return (error as { code?: string }).code;
  }
};

describe('the journal', () => {
  const kind = { url: 'https://node.example', batch: false, reading: '{"chunk":500}' };
  const path = join(dir, 'a.import');

  it('is gone on with, whatever was cut off of its last line', () => {
    const first = Journal.open(path, kind);
    first.add('aa', { posted: 3, refused: [unfit('line 2', 'X', 'é')], tries: 1 });
    first.close();
    appendFileSync(path, '{"chunk":"bb","posted":5,"refu');
    const second = Journal.open(path, kind);
    expect([second.run, second.find('aa'), second.find('bb')]).toEqual([
      ...[first.run, { posted: 3, refused: [unfit('line 2', 'X', 'é')], tries: 1 }, undefined],
    ]);
    second.add('bb', { posted: 5, refused: [], tries: 1 });
    second.close();
    const third = Journal.open(path, kind);
    expect(third.find('bb')).toEqual({ posted: 5, refused: [], tries: 1 });
    third.close();
  });

  it('is gone on with after a power cut that left zeros, and after lines of two that were torn apart', () => {
    const cut = join(dir, 'cut.import');
    const first = Journal.open(cut, kind);
    first.add('aa', { posted: 3, refused: [], tries: 1 });
    first.close();
    appendFileSync(
      cut,
      `{"chunk":"bb","pos{"chunk":"cc","posted":1,"refused":[],"tries":1}\nted":5}\n${'\0'.repeat(37)}`,
    );
    const second = Journal.open(cut, kind);
    second.add('dd', { posted: 1, refused: [], tries: 1 });
    second.close();
    const third = Journal.open(cut, kind);
    expect([third.run, ...['aa', 'bb', 'cc', 'dd'].map((each) => third.find(each)?.posted)]).toEqual([
      ...[first.run, 3, undefined, undefined, 1],
    ]);
    third.close();
  });

  it('of a kill before its first line was whole is begun anew', () => {
    const torn = join(dir, 'torn.import');
    writeFileSync(torn, '{"format":"trade');
    const journal = Journal.open(torn, kind);
    journal.add('aa', { posted: 1, refused: [], tries: 1 });
    journal.close();
    const again = Journal.open(torn, kind);
    expect([again.run, again.find('aa')?.posted]).toEqual([journal.run, 1]);
    again.close();
  });

  it('that two imports opened at once is one, whoever comes when', () => {
    const both = join(dir, 'both.import');
    const first = Journal.open(both, kind);
    const second = Journal.open(both, kind);
    // Both saw an empty file, and began it.
    appendFileSync(both, readFileSync(both, 'utf8').replace(first.run, 'f'.repeat(32)));
    first.add('aa', { posted: 1, refused: [], tries: 1 });
    second.add('bb', { posted: 2, refused: [], tries: 1 });
    const third = Journal.open(both, kind);
    expect([second.run, third.run]).toEqual([first.run, first.run]);
    expect([third.find('aa')?.posted, third.find('bb')?.posted]).toEqual([1, 2]);
    for (const each of [first, second, third]) each.close();
  });

  it('of another import, or none, is refused', () => {
    expect(code(() => Journal.open(path, { ...kind, batch: true }))).toBe('JOURNAL_OTHER');
    expect(code(() => Journal.open(path, { ...kind, reading: '{"chunk":100}' }))).toBe('JOURNAL_OTHER');
    expect(code(() => Journal.open(path, { ...kind, url: 'https://other.example' }))).toBe('JOURNAL_OTHER');
    const not = join(dir, 'not.import');
    const foreign = [
      '\nnumber,amount\n',
      '{\n  "a": 1\n}\n',
      '{',
      '{"format":"tradeproof-import", mine\nhello',
      'number,amount\nA,1\n',
      '{"supplier":"s"}',
      '{"chunk":"aa","posted":1}',
      '{"chunk":"aa"}\n{"a":1}\n',
    ];
    for (const text of [...foreign, `${readFileSync(path, 'utf8')}{"chunk":"aa","posted":"x"}`]) {
      writeFileSync(not, text);
      expect(code(() => Journal.open(not, kind))).toBe('JOURNAL_UNREADABLE');
      expect(readFileSync(not, 'utf8')).toBe(text);
    }
    mkdirSync(join(dir, 'folder.import'));
    expect(code(() => Journal.open(join(dir, 'folder.import'), kind))).toBe('JOURNAL_UNWRITABLE');
  });
});

describe('the file of what was refused', () => {
  const path = join(dir, 'what.refused.ndjson');
  const places = () =>
    readFileSync(path, 'utf8')
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { place: string }).place);

  it('is one run’s, whole, and that of the run before until then', () => {
    const before = new RefusedFile(path);
    before.add([unfit('line 1', 'X', 'before')]);
    before.close();
    const run = new RefusedFile(path);
    run.add([unfit('line 2', 'X', ''), unfit('line 3', 'X', '')]);
    expect(places()).toEqual(['line 1']);
    run.close();
    expect(places()).toEqual(['line 2', 'line 3']);
    new RefusedFile(path).close();
    expect(existsSync(path)).toBe(false);
    expect(readdirSync(dir).filter((name) => name.startsWith('what.'))).toEqual([]);
  });

  it('stays that of the run before where a run fails', () => {
    const before = new RefusedFile(path);
    before.add([unfit('line 1', 'X', 'before')]);
    before.close();
    const [failed, early] = [new RefusedFile(path), new RefusedFile(path)];
    failed.add([unfit('line 2', 'X', '')]);
    failed.abandon();
    early.abandon();
    expect(places()).toEqual(['line 1']);
    expect(readdirSync(dir).filter((name) => name.startsWith('what.'))).toEqual(['what.refused.ndjson']);
  });

  it('takes no other file’s place, and that of an empty one', () => {
    const other = join(dir, 'other');
    for (const text of ['{"supplier":"s","document":{}}\n', 'number\n', '{']) {
      writeFileSync(other, text);
      expect(code(() => new RefusedFile(other))).toBe('REFUSED_UNWRITABLE');
      expect(readFileSync(other, 'utf8')).toBe(text);
    }
    writeFileSync(other, '');
    new RefusedFile(other).close();
    expect(existsSync(other)).toBe(false);
  });

  it('cannot be a folder, or in a file', () => {
    expect(code(() => new RefusedFile(dir))).toBe('REFUSED_UNWRITABLE');
    expect(code(() => new RefusedFile(join(path, 'x')))).toBe('REFUSED_UNWRITABLE');
  });
});
