import { type Chunk, chunksOf, type ChunkSize } from './chunks.js';
import { deliver, type Delivered } from './deliver.js';
import type { Source, Unfit } from './item.js';
import type { Journal } from './journal.js';
import type { NodeDoor } from './node-door.js';
import type { Progress } from './progress.js';
import type { RefusedFile } from './refused-file.js';
import type { Summary } from './summary.js';

export interface ImportParts {
  readonly door: Pick<NodeDoor, 'post' | 'postAlone'>;
  readonly journal: Journal;
  readonly refused: RefusedFile;
  readonly progress: Progress;
  /** Requests under way at once. */
  readonly inFlight: number;
  readonly chunk: ChunkSize;
  /** Ends the import when those under way are answered. */
  readonly stop?: AbortSignal;
}

/**
 * Sends what a source has, chunk by chunk, and reads on only as chunks are answered. Chunks of the journal are counted, not sent.
 * Throws ImportStopped once all under way are answered.
 */
export async function runImport(source: Source, parts: ImportParts): Promise<Summary> {
  let summary: Summary = { posted: 0, there: 0, refused: 0 };
  const underWay = new Set<Promise<void>>();
  const failures: unknown[] = [];
  const handle = async (chunk: Chunk): Promise<void> => {
    const delivered = await done(chunk, parts);
    parts.refused.add(delivered.refused);
    summary = plus(summary, delivered);
    parts.progress.update(source.read(), summary);
  };
  try {
    for await (const chunk of chunksOf(source.items, parts.chunk)) {
      const task: Promise<void> = handle(chunk)
        .catch((error: unknown) => void failures.push(error))
        .finally(() => underWay.delete(task));
      underWay.add(task);
      while (underWay.size >= parts.inFlight) await Promise.race(underWay);
      if (failures.length > 0 || parts.stop?.aborted) break;
    }
  } catch (error) {
    failures.push(error);
  }
  await Promise.all(underWay);
  parts.progress.end(source.read(), summary);
  if (failures.length > 0) throw failures[0];
  return summary;
}

async function done({ found, unfit, digest }: Chunk, { door, journal }: ImportParts): Promise<Delivered> {
  const known = journal.find(digest);
  if (known) return known;
  const { posted, refused } = await deliver(found, door);
  const delivered = { posted, refused: [...unfit, ...refused] };
  journal.add(digest, delivered);
  return delivered;
}

function plus({ posted, there, refused }: Summary, delivered: Delivered): Summary {
  const standing = delivered.refused.filter(isThere).length;
  return {
    posted: posted + delivered.posted,
    there: there + standing,
    refused: refused + delivered.refused.length - standing,
  };
}

const isThere = ({ refusal }: Unfit): boolean => refusal.code === 'ORDER_NUMBER_ALREADY_POSTED';
