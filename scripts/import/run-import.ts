import { type Chunk, chunksOf, type ChunkSize } from './chunks.js';
import { deliver, type Delivered } from './deliver.js';
import type { Source, Unfit } from './item.js';
import type { Journal } from './journal.js';
import type { NodeDoor } from './node-door.js';
import type { Progress } from './progress.js';
import type { RefusedFile } from './refused-file.js';
import type { Summary } from './summary.js';

export interface ImportParts {
  readonly door: Pick<NodeDoor, 'post' | 'postAlone' | 'anew'>;
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
 * Sends what a source has, chunk by chunk, and reads on only as chunks are answered. Of chunks of the journal only what the node
 * refused is sent again: a supplier may be a member by now, an order withdrawn whose number stood with other content.
 * Throws ImportStopped once all under way are answered.
 */
export async function runImport(source: Source, parts: ImportParts): Promise<Summary> {
  let summary: Summary = { posted: 0, there: 0, differing: 0, refused: 0 };
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
  if (!known) {
    const { posted, refused } = await deliver(found, door);
    const delivered = { posted, refused: [...unfit, ...refused] };
    journal.add(digest, { ...delivered, tries: 1 });
    return delivered;
  }
  const open = new Set(known.refused.filter((each) => !isThereSame(each)).map(({ place }) => place));
  const again = found.filter(({ place }) => open.has(place));
  if (again.length === 0) return known;
  const { posted, refused } = await deliver(again, door.anew(known.tries));
  const answered = new Map(refused.map((each) => [each.place, each]));
  const asked = new Set(again.map(({ place }) => place));
  const delivered = {
    posted: known.posted + posted,
    refused: known.refused.flatMap((each) => (asked.has(each.place) ? (answered.get(each.place) ?? []) : each)),
  };
  journal.add(digest, { ...delivered, tries: known.tries + 1 });
  return delivered;
}

function plus({ posted, there, differing, refused }: Summary, delivered: Delivered): Summary {
  const standing = delivered.refused.filter(isThere);
  const same = standing.filter(isThereSame).length;
  return {
    posted: posted + delivered.posted,
    there: there + same,
    differing: differing + standing.length - same,
    refused: refused + delivered.refused.length - standing.length,
  };
}

const isThere = ({ refusal }: Unfit): boolean => refusal.code === 'ORDER_NUMBER_ALREADY_POSTED';
const isThereSame = (each: Unfit): boolean => isThere(each) && each.refusal.facts?.['same'] === true;
