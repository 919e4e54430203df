import { randomBytes } from 'node:crypto';
import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import type { Delivered } from './deliver.js';
import { ImportStopped } from './stopped.js';

/** What an import is of: a journal of another is not gone on with. */
export interface ImportKind {
  readonly url: string;
  readonly batch: boolean;
  /** How the source is read and cut into requests: cut otherwise, none of them is known again. */
  readonly reading: string;
}

interface Head extends ImportKind {
  readonly format: 'tradeproof-import';
  readonly run: string;
}

/** What became of a chunk, and how often what was refused of it has been asked about. */
export type Done = Delivered & { readonly tries: number };

type Entry = Done & { readonly chunk: string };

/**
 * Which chunks are done and how, one a line, each on disk before the next is counted: what an import goes on from. A line that
 * was cut off is as if it had not been written; its chunk is sent again, and the node answers as before.
 */
export class Journal {
  private readonly done = new Map<string, Done>();

  private constructor(
    private readonly path: string,
    private readonly file: number,
    readonly run: string,
  ) {}

  /** Opens or begins the journal at `path`. Throws ImportStopped when it is another's or cannot be written. */
  static open(path: string, kind: ImportKind): Journal {
    return written(path, () => {
      const file = openSync(path, 'a+', 0o600);
      if (!fstatSync(file).isFile()) throw new ImportStopped('JOURNAL_UNWRITABLE', `${path} is no file`);
      const [text, whole] = wholeLines(readFileSync(file));
      ftruncateSync(file, whole);
      const [first, ...lines] = text;
      const head = first === undefined ? begin(file, kind) : readHead(path, first, kind);
      const journal = new Journal(path, file, head.run);
      for (const line of lines) {
        const { chunk, posted, refused, tries } = entryOf(path, line);
        journal.done.set(chunk, { posted, refused, tries });
      }
      return journal;
    });
  }

  /** As it was written last. */
  find(chunk: string): Done | undefined {
    return this.done.get(chunk);
  }

  /** Throws ImportStopped when the disk does not take it. */
  add(chunk: string, done: Done): void {
    const entry: Entry = { chunk, ...done };
    written(this.path, () => append(this.file, entry));
    this.done.set(chunk, done);
  }

  close(): void {
    closeSync(this.file);
  }
}

function append(file: number, value: object): void {
  const bytes = Buffer.from(`${JSON.stringify(value)}\n`);
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
  fsyncSync(file);
}

/** The lines that are whole, and how many bytes they take. */
function wholeLines(bytes: Buffer): [string[], number] {
  const end = bytes.lastIndexOf(10) + 1;
  return [end === 0 ? [] : bytes.toString('utf8', 0, end - 1).split('\n'), end];
}

function begin(file: number, kind: ImportKind): Head {
  const head: Head = { format: 'tradeproof-import', run: randomBytes(16).toString('hex'), ...kind };
  append(file, head);
  return head;
}

function readHead(path: string, line: string, { url, batch, reading }: ImportKind): Head {
  const head = jsonOf(line) as Partial<Head> | undefined;
  if (head?.format !== 'tradeproof-import' || typeof head.run !== 'string')
    throw new ImportStopped('JOURNAL_UNREADABLE', `${path} is no journal of an import`);
  if (head.url !== url || head.batch !== batch || head.reading !== reading)
    throw new ImportStopped(
      'JOURNAL_OTHER',
      `${path} is of an import to ${head.url}${head.batch ? ' in batches' : ''}, with ${head.reading}`,
    );
  return head as Head;
}

function entryOf(path: string, line: string): Entry {
  const entry = jsonOf(line) as Partial<Entry> | undefined;
  if (
    typeof entry?.chunk === 'string' &&
    typeof entry.posted === 'number' &&
    typeof entry.tries === 'number' &&
    Array.isArray(entry.refused)
  )
    return entry as Entry;
  throw new ImportStopped('JOURNAL_UNREADABLE', `${path} has a line that is none of a journal`);
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function written<T>(path: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (error instanceof ImportStopped || code === undefined) throw error;
    throw new ImportStopped('JOURNAL_UNWRITABLE', `${path} cannot be written (${code})`);
  }
}
