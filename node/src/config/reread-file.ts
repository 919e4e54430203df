import { statSync } from 'node:fs';

/**
 * What a file says, read again once it has changed, so that an operator's edit counts without a restart. A file that cannot
 * be used, or is gone, leaves what it said before; `refused` is told of it once.
 */
export class RereadFile<T> {
  #stamp: string;
  #content: T;

  /** `read` throws what is wrong with the file. Throws as it does when there is no `initial` content. */
  constructor(
    private readonly path: string,
    private readonly read: (path: string) => T,
    private readonly refused: (error: Error) => void,
    initial?: T,
  ) {
    this.#stamp = stampOf(path);
    this.#content = initial ?? read(path);
  }

  /** The same object until the file has changed. */
  current(): T {
    // Taken first: what is written during the reading is read the next time.
    const stamp = stampOf(this.path);
    if (stamp === this.#stamp) return this.#content;
    this.#stamp = stamp;
    try {
      this.#content = this.read(this.path);
    } catch (error) {
      this.refused(error as Error);
    }
    return this.#content;
  }
}

function stampOf(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  return found ? `${found.ino}:${found.size}:${found.mtimeMs}` : 'none';
}
