const FIRST_BYTES = 1 << 14;

/**
 * Lines on their way into COPY. Each is written into the buffer as it comes: one long string would have to be put
 * together at the end, which costs four times as much.
 */
export class CopyLines {
  private buffer = Buffer.allocUnsafe(FIRST_BYTES);
  private length = 0;

  add(line: string): void {
    const most = this.length + 3 * line.length;
    if (most > this.buffer.length) this.grow(most);
    this.length += this.buffer.write(line, this.length);
  }

  /** All lines so far, as UTF-8. */
  bytes(): Buffer {
    return this.buffer.subarray(0, this.length);
  }

  private grow(least: number): void {
    const larger = Buffer.allocUnsafe(Math.max(least, 2 * this.buffer.length));
    this.buffer.copy(larger, 0, 0, this.length);
    this.buffer = larger;
  }
}
