import { Injectable, Logger } from '@nestjs/common';
import { statement, UnitOfWork } from '../../database/index.js';
import {
  type DisclosedDocument,
  type DocumentPlace,
  frozen,
  LatelyOpened,
  SealedRows,
  SealedTables,
  VaultCipher,
} from '../../documents/index.js';
import type { Disclosure } from '../../kernel/disclosure.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';
import { inForce } from './grant.store.js';
import { NumberTags } from './number-tags.js';

/** A copy with the grant under which it came. */
export interface GrantedCopy extends DisclosedDocument {
  readonly grant: Hex;
  readonly purpose: string;
}

/** A copy that is not opened yet, or was for somebody else who asked for it at the same time. */
export interface SealedCopy extends DocumentPlace {
  /** Throws if it does not decrypt. */
  readonly open: () => GrantedCopy;
}

/** A copy of an order whose number has no tag yet; without its disclosure if it does not decrypt. */
export interface UntaggedCopy extends Pick<GrantedCopy, 'grant' | 'root'> {
  readonly disclosure?: Disclosure;
}

interface Row {
  readonly grant_id: Buffer;
  readonly root: Buffer;
  readonly object: Buffer;
  readonly kind: string;
  readonly node_key: string | null;
  readonly wrapped_key: Buffer;
  readonly payload: Buffer;
  readonly purpose: string;
}

/** So many are looked up by a prepared statement at most: a copy may have megabytes. */
export const FEW_ROOTS = 8;

const COLUMNS = 'grant_id, root, object, kind, node_key, wrapped_key, payload';
const selectFrom = (table: string, condition: string): string =>
  `SELECT c.grant_id, c.root, c.object, c.kind, c.node_key, c.wrapped_key, c.payload, g.purpose
   FROM ${table} c JOIN grants g ON g.id = c.grant_id WHERE ${condition} ORDER BY c.grant_id, c.root`;
// By root first, and of what is there by grant: OFFSET 0 keeps the planner, which knows little of tables that just grew, from going through
// all grants of this member for each look.
const BEHIND = statement(
  `SELECT c.grant_id, c.root, c.object, c.kind, c.node_key, c.wrapped_key, c.payload, g.purpose
   FROM (SELECT ${COLUMNS} FROM granted_copies WHERE root = ANY($1) OFFSET 0) c
   CROSS JOIN LATERAL (SELECT purpose FROM grants g WHERE g.id = c.grant_id AND ${inForce('$2::int8')} OFFSET 0) g
   ORDER BY c.grant_id, c.root`,
);

/** All grants are looked through for ended ones so often (ms). */
const WHOLE_EVERY_MS = 3_600_000;
/** Grants that are over at block time `$1`. */
const OVER = `SELECT g.id FROM grants g WHERE g.until_at <= $1
  OR EXISTS (SELECT FROM chain_grants k WHERE k.grant_id = g.id AND k.revoked_at IS NOT NULL)`;
/** Those that have come to be over since `$3`. A reorg may bring a revocation of some time before. */
const OVER_SINCE = `SELECT id FROM grants WHERE until_at > $3::int8 AND until_at <= $1
  UNION SELECT grant_id FROM chain_grants WHERE revoked_at >= $3::int8 - 3600`;

/**
 * What was disclosed to this member, each copy encrypted under a key of its own: the working store while its grant is in
 * force, the credit files afterwards.
 */
@Injectable()
export class CopiesStore {
  private readonly logger = new Logger(CopiesStore.name);
  private readonly lately = new LatelyOpened<Pick<GrantedCopy, 'disclosure'>>();
  /** Block time at which copies under ended grants were moved last. */
  private sealedAt = Infinity;
  private wholeAt = -Infinity;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly cipher: VaultCipher,
    private readonly tags: NumberTags,
    tables?: SealedTables,
  ) {
    const sealed = { key: ['grant_id', 'root'] as const, columns: 'grant_id, root', identityOf: placeOf };
    for (const name of ['granted_copies', 'credit_files'])
      tables?.add(new SealedRows<Place>(unitOfWork, cipher, { name, ...sealed }));
  }

  /**
   * A later disclosure of a document takes the place of an earlier one only if it has all its fields: otherwise the
   * earlier stays, so that nothing once shown is taken back. What is held is opened one after the other: a letter that shows next to nothing
   * of it may name all of it.
   */
  async keep(grant: Hex, documents: readonly DisclosedDocument[]): Promise<void> {
    const roots = documents.map(({ root }) => root);
    const held = new Set(await this.has(grant, roots));
    const fuller: DisclosedDocument[] = [];
    for (const document of documents) {
      const [earlier] = held.has(document.root) ? await this.at(grant, [document.root]) : [];
      if (covers(document.disclosure, earlier?.disclosure)) fuller.push(document);
    }
    const rows = fuller.map((document) => ({ ...document, ...this.seal(grant, document) }));
    await this.unitOfWork.manager.query(
      `INSERT INTO granted_copies (${COLUMNS}, number_tag)
       SELECT $1, * FROM unnest($2::bytea[], $3::bytea[], $4::text[], $5::text[], $6::bytea[], $7::bytea[], $8::bytea[])
       ON CONFLICT (grant_id, root) DO UPDATE
         SET node_key = EXCLUDED.node_key, wrapped_key = EXCLUDED.wrapped_key, payload = EXCLUDED.payload,
           number_tag = EXCLUDED.number_tag`,
      [
        toBytes(grant),
        rows.map(({ root }) => toBytes(root)),
        rows.map(({ object }) => toBytes(object)),
        rows.map(({ kind }) => kind),
        rows.map(({ nodeKey }) => nodeKey),
        rows.map(({ wrappedKey }) => wrappedKey),
        rows.map(({ payload }) => payload),
        rows.map(({ disclosure }) => this.tags.among(disclosure.fields)),
      ],
    );
  }

  /** Everything that is in the working store under a grant. */
  of(grant: Hex): Promise<GrantedCopy[]> {
    return this.select('granted_copies', 'c.grant_id = $1', [toBytes(grant)]);
  }

  /** Of that, the copies of the documents behind these roots. */
  at(grant: Hex, roots: readonly Hex[]): Promise<GrantedCopy[]> {
    return this.select('granted_copies', 'c.grant_id = $1 AND c.root = ANY($2)', [toBytes(grant), roots.map(toBytes)]);
  }

  /**
   * Some of the copies of orders, at most so many, that lack the tag of their number; without their disclosure those that do not decrypt.
   */
  async untagged(most: number): Promise<UntaggedCopy[]> {
    const rows = await this.unitOfWork.manager.query<Row[]>(
      `SELECT ${COLUMNS} FROM granted_copies WHERE kind = 'ORDER' AND number_tag IS NULL LIMIT $1`,
      [most],
    );
    return rows.map((row) => {
      const place = { grant: toHex(row.grant_id), root: toHex(row.root) };
      try {
        return { ...place, disclosure: this.open(row) };
      } catch (error) {
        this.logger.warn({ err: error, ...place }, 'a copy does not decrypt: its order is not found by its number');
        return place;
      }
    });
  }

  /** Of these roots those of which there is a copy under a grant; none is opened. */
  async has(grant: Hex, roots: readonly Hex[]): Promise<Hex[]> {
    const rows = await this.unitOfWork.manager.query<{ root: Buffer }[]>(
      'SELECT root FROM granted_copies WHERE grant_id = $1 AND root = ANY($2)',
      [toBytes(grant), roots.map(toBytes)],
    );
    return rows.map(({ root }) => toHex(root));
  }

  /**
   * Copies of the documents behind these roots under grants in force at block time `now`. That they are here and their grants stand the
   * database says each time; what was opened within the last minute is not opened again.
   */
  async behind(roots: readonly Hex[], now: number): Promise<GrantedCopy[]> {
    return (await this.sealedBehind(roots, now)).map((copy) => copy.open());
  }

  /** The same, each to be opened by itself: one that does not decrypt fails for nobody else. */
  async sealedBehind(roots: readonly Hex[], now: number): Promise<SealedCopy[]> {
    const values = [roots.map(toBytes), now];
    // Long lists would hold up whoever looks something up by the way.
    const rows =
      roots.length <= FEW_ROOTS
        ? await this.unitOfWork.read<Row>(BEHIND, values)
        : await this.unitOfWork.manager.query<Row[]>(BEHIND.text, values);
    return rows.map((row) => {
      let opened: GrantedCopy | undefined;
      const open = () => (opened ??= copyOf(row, this.openedLately(row)));
      return { root: toHex(row.root), object: toHex(row.object), open };
    });
  }

  /** Which of the objects, or of all, have copies under grants in force at block time `now`. */
  async readable(objects: readonly Hex[] | undefined, now: number): Promise<Hex[]> {
    const rows = await this.unitOfWork.manager.query<{ object: Buffer }[]>(
      `SELECT DISTINCT c.object FROM granted_copies c JOIN grants g ON g.id = c.grant_id
       WHERE ($1::bytea[] IS NULL OR c.object = ANY($1)) AND ${inForce('$2::int8')}`,
      [objects?.map(toBytes) ?? null, now],
    );
    return rows.map(({ object }) => toHex(object));
  }

  /** What a credit file holds. */
  sealed(grant: Hex): Promise<GrantedCopy[]> {
    return this.select('credit_files', 'c.grant_id = $1', [toBytes(grant)]);
  }

  /**
   * Moves what came under grants that are over at block time `now` to the credit files, kept until `retained`: of all grants at first, once
   * an hour and after a rewind, and else of those that ended since the last time. What came under one that was over already waits
   * for that hour, in which no look shows it. Gives these grants.
   */
  async sealEnded(now: number, retainedUntil: number): Promise<Hex[]> {
    const started = performance.now();
    const isWhole = now < this.sealedAt || started - this.wholeAt >= WHOLE_EVERY_MS;
    const over = isWhole ? [OVER, [now, retainedUntil]] : [OVER_SINCE, [now, retainedUntil, this.sealedAt]];
    const [ids, values] = over as [string, unknown[]];
    const rows = await this.unitOfWork.manager.query<Place[]>(
      `WITH ended AS (DELETE FROM granted_copies WHERE grant_id = ANY (ARRAY(${ids})) RETURNING *)
       INSERT INTO credit_files (${COLUMNS}, sealed_at, retained_until)
       SELECT ${COLUMNS}, $1, $2 FROM ended ON CONFLICT DO NOTHING RETURNING grant_id, root`,
      values,
    );
    this.unitOfWork.afterCommit(() => {
      this.sealedAt = now;
      if (isWhole) this.wholeAt = started;
    });
    for (const row of rows) this.lately.forget(placeOf(row));
    return [...new Set(rows.map(({ grant_id }) => toHex(grant_id)))];
  }

  /**
   * Destroys, keys included, what may not be kept any longer at block time `now`, within the current unit of work. Objects of which nothing
   * is here now: neither shown to this member, nor an order or an invoice of its own.
   */
  async forget(now: number): Promise<Hex[]> {
    const gone = await this.unitOfWork.manager.query<[{ object: Buffer }[], number]>(
      'DELETE FROM credit_files WHERE retained_until <= $1 RETURNING object',
      [now],
    );
    const objects = [...new Map(gone[0].map(({ object }) => [toHex(object), object])).values()];
    if (objects.length === 0) return [];
    const left = await this.unitOfWork.manager.query<{ object: Buffer }[]>(
      `SELECT object FROM unnest($1::bytea[]) AS gone (object)
       WHERE NOT EXISTS (SELECT FROM granted_copies c WHERE c.object = gone.object)
         AND NOT EXISTS (SELECT FROM credit_files f WHERE f.object = gone.object)
         AND NOT EXISTS (SELECT FROM documents d WHERE d.object = gone.object AND d.kind IN ('ORDER', 'INVOICE')
           AND d.wrapped_key IS NOT NULL)`,
      [objects],
    );
    return left.map(({ object }) => toHex(object));
  }

  private async select(table: string, condition: string, values: unknown[]): Promise<GrantedCopy[]> {
    const rows = await this.unitOfWork.manager.query<Row[]>(selectFrom(table, condition), values);
    return rows.map((row) => copyOf(row, this.open(row)));
  }

  private openedLately(row: Row): Disclosure {
    const sealed = Buffer.concat([row.wrapped_key, row.payload]);
    return this.lately.of(placeOf(row), sealed, () => ({ disclosure: frozen(this.open(row)) })).disclosure;
  }

  private open(row: Row): Disclosure {
    const sealed = { nodeKey: row.node_key, wrappedKey: row.wrapped_key, payload: row.payload };
    return JSON.parse(this.cipher.open(placeOf(row), sealed).toString('utf8')) as Disclosure;
  }

  private seal(grant: Hex, { root, disclosure }: DisclosedDocument) {
    return this.cipher.seal(identityOf(grant, root), Buffer.from(JSON.stringify(disclosure)));
  }
}

function copyOf(row: Row, disclosure: Disclosure): GrantedCopy {
  const { kind, purpose } = row;
  return { grant: toHex(row.grant_id), root: toHex(row.root), object: toHex(row.object), kind, purpose, disclosure };
}

type Place = Pick<Row, 'grant_id' | 'root'>;
const placeOf = ({ grant_id, root }: Place): string => identityOf(toHex(grant_id), toHex(root));
const identityOf = (grant: Hex, root: Hex): string => `copy|${grant}|${root}`;

function covers(later: Disclosure, earlier: Disclosure | undefined): boolean {
  const paths = new Set(later.fields.map(({ path }) => path));
  return !earlier || earlier.fields.every(({ path }) => paths.has(path));
}
