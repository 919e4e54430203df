import { closeSync, lstatSync, openSync, rmSync, writeSync } from 'node:fs';
import type { Unfit } from './item.js';
import { ImportStopped } from './stopped.js';

/** What was not taken in, `{place, code, detail, facts?}` a line; written anew at each run, and only if there is any. */
export class RefusedFile {
  private file: number | undefined;

  /** Of an earlier run nothing is left. Throws ImportStopped. */
  constructor(private readonly path: string) {
    this.written(() => {
      const stats = lstatSync(path, { throwIfNoEntry: false });
      if (stats && !stats.isFile()) throw new ImportStopped('REFUSED_UNWRITABLE', `${path} is no file`);
      rmSync(path, { force: true });
    });
  }

  /** Throws ImportStopped when the disk does not take it. */
  add(refused: readonly Unfit[]): void {
    if (refused.length === 0) return;
    this.written(() => {
      this.file ??= openSync(this.path, 'w', 0o600);
      for (const { place, refusal } of refused) writeSync(this.file, `${JSON.stringify({ place, ...refusal })}\n`);
    });
  }

  close(): void {
    if (this.file !== undefined) closeSync(this.file);
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
