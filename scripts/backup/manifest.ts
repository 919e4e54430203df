import { z } from 'zod';

/** What a backup says of itself. It is written last: a folder without one is no backup. */
export const manifestSchema = z.strictObject({
  format: z.literal('tradeproof-backup'),
  version: z.literal(1),
  member: z.string(),
  /** Not after the moment that was copied. */
  at: z.iso.datetime(),
  /** Indexed head. */
  block: z.int(),
  /** Names of the migrations that the schema has. */
  migrations: z.array(z.string()),
  tables: z.array(
    z.strictObject({
      name: z.string(),
      columns: z.array(z.string()),
      rows: z.int().nonnegative(),
      /** Of the file as it lies there. */
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
  sequences: z.record(z.string(), z.string().regex(/^\d+$/)),
});
export type Manifest = z.infer<typeof manifestSchema>;

export const MANIFEST = 'manifest.json';
export const fileOf = (table: string): string => `${table}.copy.gz`;
