import { type Summary, wordsOf } from './summary.js';

const [REDRAW_MS, LINE_MS] = [100, 5_000];
const WIDTH = 30;

/** Tells how far an import is: a bar where there is a terminal, else a line now and then. */
export class Progress {
  private readonly started = performance.now();
  private told = -Infinity;

  constructor(
    private readonly out: Pick<NodeJS.WriteStream, 'isTTY' | 'write'>,
    private readonly total: number,
  ) {}

  update(read: number, summary: Summary): void {
    const now = performance.now();
    if (now - this.told < (this.out.isTTY ? REDRAW_MS : LINE_MS)) return;
    this.told = now;
    this.tell(read, summary);
  }

  end(read: number, summary: Summary): void {
    this.tell(read, summary);
    if (this.out.isTTY) this.out.write('\n');
  }

  private tell(read: number, { posted, there, differing, refused }: Summary): void {
    const part = this.total === 0 ? 1 : Math.min(1, read / this.total);
    const done = posted + there + differing + refused;
    const rate = Math.round((1000 * done) / Math.max(1, performance.now() - this.started));
    const counts = `${wordsOf({ posted, there, differing, refused })}, ${rate}/s`;
    const percent = `${String(Math.floor(100 * part)).padStart(3)} %`;
    if (!this.out.isTTY) {
      this.out.write(`tradeproof: ${percent} read, ${counts}\n`);
      return;
    }
    const full = Math.round(WIDTH * part);
    this.out.write(`\r\u001b[K[${'#'.repeat(full)}${'.'.repeat(WIDTH - full)}] ${percent}  ${counts}`);
  }
}
