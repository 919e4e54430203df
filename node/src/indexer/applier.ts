import { setImmediate } from 'node:timers/promises';
import type { Block, DecodedLog, LogDecoder, Range } from '../chain/index.js';
import type { Batch, Outcome } from './batch.js';
import { copied } from './copy-in.js';
import { CopyRows } from './copy-rows.js';
import { EVENT_COLUMNS, eventRow } from './event-row.js';
import type { BlockRef } from './index-head.js';
import type { ProjectionRegistry } from './projection-registry.js';
import type { RowCache } from './row-cache.js';
import { undoRows } from './undo-rows.js';

/**
 * So many events are worked on in a row: in between, the connection on which the batch before is written goes on, whose database would wait for
 * this one's end with each answer, and whatever else the process does.
 */
const IN_A_ROW = 200;

/** Turns ranges of the chain into batches: decoded, projected in the order of the logs, ready to be written. */
export class Applier {
  /** One batch after the other: each works on the rows as the one before it left them. */
  private last: Promise<void> = Promise.resolve();

  constructor(
    private readonly decoder: LogDecoder,
    private readonly registry: ProjectionRegistry,
    private readonly rows: RowCache,
  ) {}

  /** Blocks before `keepFrom` will never be undone. After a rejection, of what comes of the batch too, the rows are not to be used any more. */
  async apply(range: Range, after: BlockRef, keepFrom: number): Promise<Batch> {
    const events = new CopyRows(Object.values(EVENT_COLUMNS), range.logs.length);
    const records = await this.decode(range, events);
    const blocks = range.blocks.map(reference);
    const outcome = this.last.then(() => this.project(records, keepFrom));
    // What came of it is large, and not kept while nothing follows.
    this.last = outcome.then(() => undefined);
    // Seen by whoever writes it, unless that fails first.
    this.last.catch(() => undefined);
    return {
      after,
      to: blocks.at(-1)!,
      events: events.end(),
      eventCount: records.length,
      outcome,
      blocks: blocks.filter(({ number }) => number >= keepFrom),
      keepFrom,
    };
  }

  /** Made up to what COPY takes before the transaction needs it, which would wait. */
  private async project(records: readonly DecodedLog[], keepFrom: number): Promise<Outcome> {
    const entries = await this.rows.preload(
      records.map((record) => this.registry.of(record.event.name).flatMap((projection) => projection.touches(record))),
    );
    for (const [index, record] of records.entries()) {
      if (isPauseAt(index)) await setImmediate();
      this.rows.begin(record.block, record.block >= keepFrom, entries[index]!);
      for (const projection of this.registry.of(record.event.name)) projection.apply(record, this.rows);
    }
    const { changes, images } = this.rows.collect();
    const written = changes.map(({ table, inserts, updates }) => ({
      ...{ table, updates },
      inserts: copied(table.columns, inserts),
    }));
    return { changes: written, undo: undoRows(images) };
  }

  /** Reads the logs, and makes the rows that are kept of them. */
  private async decode({ blocks, logs }: Range, events: CopyRows): Promise<DecodedLog[]> {
    const byHash = new Map(blocks.map((block) => [block.hash, block]));
    const records: DecodedLog[] = [];
    let block: Block | undefined;
    for (const [index, log] of logs.entries()) {
      if (isPauseAt(index)) await setImmediate();
      // The same again for most.
      if (log.blockHash !== block?.hash) block = byHash.get(log.blockHash)!;
      const record = this.decoder.decode(log, block);
      records.push(record);
      events.add(eventRow(record));
    }
    return records;
  }
}

/** Not awaited at each event: a promise an event costs as much as reading it. */
function isPauseAt(index: number): boolean {
  return index > 0 && index % IN_A_ROW === 0;
}

function reference({ number, hash, timestamp }: Block): BlockRef {
  return { number, hash, timestamp };
}
