/** A line of a file. `bytes` is null for one that is too long to be looked at. */
export interface Line {
  /** From 1. */
  readonly number: number;
  readonly bytes: Buffer | null;
}

const LINE_FEED = 10;

/** Splits at line feeds. Of a line of more than `most` bytes nothing is kept, so that no file can fill the memory. */
export async function* linesOf(chunks: AsyncIterable<Buffer>, most: number): AsyncGenerator<Line> {
  let parts: Buffer[] = [];
  let size = 0;
  let number = 0;
  const add = (part: Buffer): void => {
    size += part.length;
    if (size > most) parts = [];
    else parts.push(part);
  };
  const take = (): Line => {
    const line = { number: ++number, bytes: size > most ? null : Buffer.concat(parts) };
    [parts, size] = [[], 0];
    return line;
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (let at = chunk.indexOf(LINE_FEED); at >= 0; at = chunk.indexOf(LINE_FEED, from)) {
      add(chunk.subarray(from, at));
      yield take();
      from = at + 1;
    }
    add(chunk.subarray(from));
  }
  if (size > 0) yield take();
}
