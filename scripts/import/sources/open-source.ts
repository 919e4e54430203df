import { createReadStream, type Stats, statSync } from 'node:fs';
import { extname } from 'node:path';
import type { Item, Source } from '../item.js';
import { ImportStopped } from '../stopped.js';
import { csvItems } from './csv.js';
import { ndjsonItems } from './ndjson.js';
import { ublFolder } from './ubl-folder.js';

export const FORMATS = ['ndjson', 'csv', 'ubl'] as const;
export type Format = (typeof FORMATS)[number];

export interface SourceOptions {
  /** By default what the name says. */
  readonly format?: Format;
  readonly supplier?: string;
  readonly delimiter?: string;
}

const BY_EXTENSION: Readonly<Record<string, Format>> = { '.csv': 'csv', '.ndjson': 'ndjson', '.jsonl': 'ndjson' };

/** The orders of a file, or of the files of a folder. Throws ImportStopped. */
export function openSource(path: string, { format, supplier, delimiter }: SourceOptions): Source {
  const stats = statOf(path);
  const kind = format ?? (stats.isDirectory() ? 'ubl' : BY_EXTENSION[extname(path).toLowerCase()]);
  if (kind === undefined) throw new ImportStopped('FORMAT_UNKNOWN', `say by --format what ${path} is`);
  if ((kind === 'ubl') !== stats.isDirectory())
    throw new ImportStopped('FORMAT_MISMATCH', `ubl is for a folder, ndjson and csv for a file; this is ${path}`);
  if (kind === 'ubl') return folderOf(path, supplier);
  const stream = createReadStream(path, { highWaterMark: 256 * 1024 });
  const items = kind === 'csv' ? csvItems(stream, { supplier, delimiter }) : ndjsonItems(stream, supplier);
  return { items: readable(items, path), total: stats.size, read: () => stream.bytesRead };
}

function folderOf(path: string, supplier: string | undefined): Source {
  try {
    return ublFolder(path, supplier);
  } catch (error) {
    throw unreadable(path, error);
  }
}

function statOf(path: string): Stats {
  try {
    return statSync(path);
  } catch (error) {
    throw unreadable(path, error);
  }
}

async function* readable(items: AsyncIterable<Item>, path: string): AsyncGenerator<Item> {
  try {
    yield* items;
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** What stops the import when the source fails; any other error as it is. */
function unreadable(path: string, error: unknown): Error {
  if (error instanceof ImportStopped) return error;
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) return error as Error;
  return new ImportStopped('SOURCE_UNREADABLE', `${path} cannot be read (${code})`);
}
