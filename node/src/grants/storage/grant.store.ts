import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';
import type { Grant, GrantApproval, GrantOnChain, GrantSide } from '../domain/grant.js';

/** A grant with the chain's word on it, as of the indexed head. */
export interface KnownGrant {
  readonly grant: Grant;
  readonly chain?: GrantOnChain;
}

/** What a list of grants is narrowed to. */
export interface GrantFilter {
  readonly object?: Hex;
  readonly side?: GrantSide;
  readonly before?: readonly [createdAt: number, id: Hex];
}

interface Row {
  readonly id: Buffer;
  readonly side: GrantSide;
  readonly maker: string;
  readonly grantee: string;
  readonly object: Buffer;
  readonly on_order: boolean;
  readonly purpose: string;
  readonly profile: number;
  readonly fields: string[];
  readonly from_at: string;
  readonly until_at: string;
  readonly financing: Buffer | null;
  readonly seed: Buffer;
  readonly commitment: Buffer;
  readonly needs_approval: boolean;
  readonly approval: GrantApproval | null;
  readonly random: Buffer | null;
  readonly withdrawn: boolean;
  readonly submission: string | null;
  readonly revocation: string | null;
  readonly created_at: string;
  readonly on_chain: Buffer | null;
  readonly made_at: string | null;
  readonly revoked_at: string | null;
}

const WITH_CHAIN = `SELECT g.*, c.commitment AS on_chain, c.made_at, c.revoked_at
  FROM grants g LEFT JOIN chain_grants c ON c.grant_id = g.id`;

/** Condition that a row `g` of grants is in force at the block time that is this parameter. */
export const inForce = (now: string): string =>
  `g.from_at <= ${now} AND g.until_at > ${now} AND EXISTS (SELECT FROM chain_grants c
     WHERE c.grant_id = g.id AND c.commitment = g.commitment AND c.revoked_at IS NULL)`;

/** Grants that this member made, owns with another, or was given. */
@Injectable()
export class GrantStore {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** False when it is there already. */
  async add(grant: Grant): Promise<boolean> {
    const { id, side, maker, grantee, object, onOrder, purpose, profile, fields, from, until, financing } = grant;
    const { seed, commitment, needsApproval, approval, random, submission, revocation, createdAt } = grant;
    const rows = await this.unitOfWork.manager.query<unknown[]>(
      `INSERT INTO grants (id, side, maker, grantee, object, on_order, purpose, profile, fields, from_at, until_at,
         financing, seed, commitment, needs_approval, approval, random, submission, revocation, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
       ON CONFLICT DO NOTHING RETURNING 1`,
      [
        ...[toBytes(id), side, maker, grantee, toBytes(object), onOrder, purpose, profile, JSON.stringify(fields)],
        ...[from, until, financing && toBytes(financing), toBytes(seed), toBytes(commitment), needsApproval],
        ...[approval && JSON.stringify(approval), random && toBytes(random), submission, revocation, createdAt],
      ],
    );
    return rows.length > 0;
  }

  /** Removes what another member said to be the grant of this id, and the chain says is not: an id is public before all openings have arrived. */
  async displace({ id, commitment }: Pick<Grant, 'id' | 'commitment'>): Promise<void> {
    await this.unitOfWork.manager.query(`DELETE FROM grants WHERE id = $1 AND commitment <> $2 AND side <> 'MAKER'`, [
      toBytes(id),
      toBytes(commitment),
    ]);
  }

  async find(id: Hex): Promise<KnownGrant | undefined> {
    return (await this.select('WHERE g.id = $1', [toBytes(id)]))[0];
  }

  /** Those of the grants that are there, in no certain order. */
  findMany(ids: readonly Hex[]): Promise<KnownGrant[]> {
    return this.select('WHERE g.id = ANY($1)', [ids.map(toBytes)]);
  }

  /** As {@link find}, and until the unit of work ends nobody else changes it. */
  async lock(id: Hex): Promise<KnownGrant | undefined> {
    return (await this.select('WHERE g.id = $1 FOR UPDATE OF g', [toBytes(id)]))[0];
  }

  /** The grant that a financing carries. */
  async ofFinancing(financing: Hex): Promise<KnownGrant | undefined> {
    return (await this.select('WHERE g.financing = $1', [toBytes(financing)]))[0];
  }

  /** Grants on an object that this member was given, the newest first. */
  givenOn(object: Hex): Promise<KnownGrant[]> {
    const own = `WHERE g.side = 'GRANTEE' AND g.object = $1 ORDER BY g.created_at DESC, g.id`;
    return this.select(own, [toBytes(object)]);
  }

  /** Newest first. */
  list({ object, side, before }: GrantFilter, limit: number): Promise<KnownGrant[]> {
    return this.select(
      `WHERE ($1::bytea IS NULL OR g.object = $1) AND ($2::text IS NULL OR g.side = $2)
         AND ($3::int8 IS NULL OR (g.created_at, g.id) < ($3, $4::bytea))
       ORDER BY g.created_at DESC, g.id DESC LIMIT $5`,
      [object && toBytes(object), side, before?.[0], before && toBytes(before[1]), limit],
    );
  }

  async approve(id: Hex, approval: GrantApproval): Promise<void> {
    await this.unitOfWork.manager.query('UPDATE grants SET approval = $2 WHERE id = $1', [
      toBytes(id),
      JSON.stringify(approval),
    ]);
  }

  /** Ends one that was proposed only. */
  async withdraw(id: Hex): Promise<void> {
    await this.unitOfWork.manager.query('UPDATE grants SET withdrawn = true WHERE id = $1', [toBytes(id)]);
  }

  async submitted(id: Hex, submission: string): Promise<void> {
    await this.unitOfWork.manager.query('UPDATE grants SET submission = $2 WHERE id = $1', [toBytes(id), submission]);
  }

  async revoking(id: Hex, revocation: string): Promise<void> {
    await this.unitOfWork.manager.query('UPDATE grants SET revocation = $2 WHERE id = $1', [toBytes(id), revocation]);
  }

  private async select(tail: string, values: unknown[]): Promise<KnownGrant[]> {
    return (await this.unitOfWork.manager.query<Row[]>(`${WITH_CHAIN} ${tail}`, values)).map(read);
  }
}

function read(row: Row): KnownGrant {
  const { side, purpose, profile, fields, approval, withdrawn, submission, revocation } = row;
  const grant: Grant = {
    ...{ side, purpose, profile, fields, approval, withdrawn, submission, revocation },
    id: toHex(row.id),
    maker: Number(row.maker),
    grantee: Number(row.grantee),
    object: toHex(row.object),
    onOrder: row.on_order,
    from: Number(row.from_at),
    until: Number(row.until_at),
    financing: row.financing && toHex(row.financing),
    seed: toHex(row.seed),
    commitment: toHex(row.commitment),
    needsApproval: row.needs_approval,
    random: row.random && toHex(row.random),
    createdAt: Number(row.created_at),
  };
  if (!row.on_chain) return { grant };
  const revokedAt = row.revoked_at === null ? null : Number(row.revoked_at);
  return { grant, chain: { commitment: toHex(row.on_chain), madeAt: Number(row.made_at), revokedAt } };
}
