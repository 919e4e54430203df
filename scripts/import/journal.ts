import { randomBytes } from 'node:crypto';
import { closeSync, fstatSync, fsyncSync, openSync, readFileSync, readSync, writeSync } from 'node:fs';
import type { Delivered } from './deliver.js';
import { ImportStopped } from './stopped.js';

/** What an import is of: a journal of another is not gone on with. */
export interface ImportKind {
  readonly url: string;
  readonly batch: boolean;
  /** How the source is read and cut into requests: cut otherwise, none of them is known again. */
  readonly reading: string;
}

const FORMAT = 'tradeproof-import';
const BEGINNING = `{"format":"${FORMAT}"`;
const FEW = 8;

interface Head extends ImportKind {
  readonly format: typeof FORMAT;
  readonly run: string;
}

/** What became of a chunk, and how often what was refused of it has been asked about. */
export type Done = Delivered & { readonly tries: number };

type Entry = Done & { readonly chunk: string };

/**
 * Which chunks are done and how, one a line, each on disk before the next is counted: what an import goes on from. A line that
 * was cut off is as if it had not been written; its chunk is sent again, and the node answers as before. It is added to and
 * never cut, so that an import that was started twice is one: both go by the first head, and send the same under the same keys.
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
      if (linesOf(path).length === 0) {
        endLine(file);
        append(file, { format: FORMAT, run: randomBytes(16).toString('hex'), ...kind } satisfies Head);
      }
      const [head, ...entries] = linesOf(path);
      const journal = new Journal(path, file, runOf(path, head, kind));
      for (const each of entries) {
        if (isHead(each)) continue;
        const { chunk, posted, refused, tries } = entryOf(path, each);
        journal.done.set(chunk, { posted, refused, tries });
      }
      endLine(file);
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

/** What its lines say, but for those that were cut off. Throws JOURNAL_UNREADABLE for what never was the beginning of a journal. */
function linesOf(path: string): unknown[] {
  const lines = readFileSync(path, 'utf8').split('\n');
  const said = lines.flatMap((line) => jsonOf(line) ?? []);
  if (!(said.length > 0 ? lines.slice(0, 1) : lines).every(mayBeHead))
    throw new ImportStopped('JOURNAL_UNREADABLE', `${path} is no journal of an import`);
  return said;
}

/** A head, or what a kill or a power cut left of one. A line of a few characters may be anybody's. */
function mayBeHead(line: string): boolean {
  const isPart = line.length > FEW && BEGINNING.startsWith(line);
  return line.startsWith(BEGINNING) || isPart || /^\0*$/.test(line);
}

/** So that what is added next begins a line. */
function endLine(file: number): void {
  const { size } = fstatSync(file);
  const last = Buffer.from('\n');
  if (size > 0) readSync(file, last, 0, 1, size - 1);
  if (last.toString() !== '\n') writeSync(file, '\n');
}

function isHead(line: unknown): line is Head {
  const { format, run } = line as Partial<Head>;
  return format === FORMAT && typeof run === 'string';
}

function runOf(path: string, head: unknown, { url, batch, reading }: ImportKind): string {
  if (!isHead(head)) throw new ImportStopped('JOURNAL_UNREADABLE', `${path} is no journal of an import`);
  if (head.url !== url || head.batch !== batch || head.reading !== reading)
    throw new ImportStopped(
      'JOURNAL_OTHER',
      `${path} is of an import to ${head.url}${head.batch ? ' in batches' : ''}, with ${head.reading}`,
    );
  return head.run;
}

function entryOf(path: string, line: unknown): Entry {
  const entry = line as Partial<Entry>;
  if (
    typeof entry.chunk === 'string' &&
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
