import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { MigrationInterface } from 'typeorm';

type Migration = new () => MigrationInterface;

const FOLDER = new URL('../../migrations/', import.meta.url);
const FILE = /^(\d{13})-[a-z-]+\.[jt]s$/;

/**
 * All migrations, oldest first. Each is a file `<unix ms>-<what>.ts` that exports one class, whose name ends with the
 * same number (TypeORM keeps its books by it). Throws on a file that breaks this, so that none is passed over.
 */
export async function loadMigrations(): Promise<Migration[]> {
  const files = (await readdir(fileURLToPath(FOLDER))).filter((file) => /\.[jt]s$/.test(file)).sort();
  return Promise.all(files.map(load));
}

async function load(file: string): Promise<Migration> {
  const timestamp = FILE.exec(file)?.[1];
  if (!timestamp) throw new Error(`migration ${file} is not named <unix ms>-<what>.ts`);
  const module = (await import(new URL(file, FOLDER).href)) as Record<string, Migration>;
  const [migration, ...others] = Object.values(module);
  if (!migration?.name.endsWith(timestamp) || others.length > 0) {
    throw new Error(`migration ${file} must export one class whose name ends with ${timestamp}`);
  }
  return migration;
}
