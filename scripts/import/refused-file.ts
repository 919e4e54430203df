import { randomBytes } from 'node:crypto';
import { closeSync, lstatSync, openSync, readSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { Unfit } from './item.js';
import { ImportStopped } from './stopped.js';

/** How each line of one begins. */
const BEGINNING = '{"place":';

/**
 * What was not taken in, `{place, code, detail, facts?}` a line; written anew at each run, and only if there is any. It takes its
 * place when the run ends by itself: of two at once the last one's is there, and until then that of the run before.
 */
export class RefusedFile {
  private readonly part: string;
  private file: number | undefined;

  /** Throws ImportStopped where no file can be, and where another is than one of an earlier run. */
  constructor(private readonly path: string) {
    this.part = `${path}.${randomBytes(6).toString('hex')}`;
    this.written(() => {
      const stats = lstatSync(path, { throwIfNoEntry: false });
      if (stats && !stats.isFile()) throw new ImportStopped('REFUSED_UNWRITABLE', `${path} is no file`);
      if (stats && stats.size > 0 && beginningOf(path) !== BEGINNING)
        throw new ImportStopped('REFUSED_UNWRITABLE', `${path} is there already, and not of what an import refused`);
    });
  }

  /** Throws ImportStopped when the disk does not take it. */
  add(refused: readonly Unfit[]): void {
    if (refused.length === 0) return;
    this.written(() => {
      this.file ??= openSync(this.part, 'w', 0o600);
      // Writes on until all is written, or throws: a full disk takes a part of it.
      for (const { place, refusal } of refused) writeFileSync(this.file, `${JSON.stringify({ place, ...refusal })}\n`);
    });
  }

  /** Of an earlier run nothing is left. Throws ImportStopped. */
  close(): void {
    this.written(() => {
      if (this.file === undefined) return rmSync(this.path, { force: true });
      closeSync(this.file);
      renameSync(this.part, this.path);
    });
  }

  /** Of a run that failed nothing is left: it has to be run again. */
  abandon(): void {
    if (this.file === undefined) return;
    closeSync(this.file);
    rmSync(this.part, { force: true });
  }

  private written(write: () => void): void {
    try {
      write();
    } catch (error) {
      if (error instanceof ImportStopped) throw error;
      const { code } = error as NodeJS.ErrnoException;
      throw new ImportStopped('REFUSED_UNWRITABLE', `${this.path} cannot be written (${code ?? 'error'})`);
    }
  }
}

function beginningOf(path: string): string {
  const [file, bytes] = [openSync(path, 'r'), Buffer.alloc(BEGINNING.length)];
  try {
    return bytes.toString('latin1', 0, readSync(file, bytes));
  } finally {
    closeSync(file);
  }
}
