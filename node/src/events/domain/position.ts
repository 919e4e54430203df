import { eventIdInvalid } from './problems.js';

/** How far a client has read: in the chain's events, in what the index took back, in this node's own news. */
export interface Position {
  readonly block: number;
  readonly logIndex: number;
  /** number of the last rewind told */
  readonly rewind: number;
  /** of the last news told: the epoch, its transaction, its place */
  readonly epoch: number;
  readonly tx: number;
  readonly news: number;
}

export const BEGINNING: Position = { block: -1, logIndex: 0, rewind: 0, epoch: 0, tx: 0, news: 0 };

/** The database counts a block's logs in 32 bits; after a rewind a client is behind all that the block can have. */
export const LAST_LOG_INDEX = 2_147_483_647;

/** Those of the first epoch may leave it out. */
const FORM = /^(-1|\d{1,15})\.(\d{1,10})\.(\d{1,15})\.(?:(\d{1,15})\.)?(\d{1,15})\.(\d{1,15})$/;

/** The id of the event after which a client is at `position`: Last-Event-ID. */
export function formatPosition({ block, logIndex, rewind, epoch, tx, news }: Position): string {
  return `${block}.${logIndex}.${rewind}.${epoch}.${tx}.${news}`;
}

/** Throws EVENT_ID_INVALID. */
export function parsePosition(id: string): Position {
  const [, ...parts] = FORM.exec(id) ?? [];
  const [block, logIndex, rewind, epoch, tx, news] = parts.map((part) => Number(part ?? 0)) as Numbers;
  if (parts.length === 0 || logIndex > LAST_LOG_INDEX) {
    throw eventIdInvalid('give the id of the last event received, as it came');
  }
  return { block, logIndex, rewind, epoch, tx, news };
}

type Numbers = [number, number, number, number, number, number];
