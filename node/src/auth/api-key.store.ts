import { Injectable } from '@nestjs/common';
import { statement, UnitOfWork } from '../database/index.js';
import type { DeskRole } from './roles.js';

export interface ApiKeyRow {
  readonly id: string;
  readonly name: string;
  readonly secretHash: Buffer;
  readonly roles: DeskRole[];
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly revokedBy: string | null;
  readonly revokedAt: Date | null;
}

const COLUMNS = `id, name, secret_hash AS "secretHash", roles, created_by AS "createdBy", created_at AS "createdAt",
  revoked_by AS "revokedBy", revoked_at AS "revokedAt"`;

const BY_ID = statement(`SELECT ${COLUMNS} FROM auth_api_keys WHERE id = $1`);

/** The rows of API keys. All within the current unit of work. */
@Injectable()
export class ApiKeyStore {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async find(id: string): Promise<ApiKeyRow | undefined> {
    return (await this.unitOfWork.read<ApiKeyRow>(BY_ID, [id]))[0];
  }

  /** All keys, the revoked ones too, oldest first. */
  list(): Promise<ApiKeyRow[]> {
    return this.select('ORDER BY created_at, id', []);
  }

  async insert(key: Pick<ApiKeyRow, 'id' | 'name' | 'secretHash' | 'roles' | 'createdBy'>): Promise<ApiKeyRow> {
    const rows = await this.unitOfWork.manager.query<ApiKeyRow[]>(
      `INSERT INTO auth_api_keys (id, name, secret_hash, roles, created_by) VALUES ($1, $2, $3, $4, $5) RETURNING ${COLUMNS}`,
      [key.id, key.name, key.secretHash, key.roles, key.createdBy],
    );
    return rows[0]!;
  }

  /** Marks the key as revoked; its first revocation stands. */
  async revoke(id: string, by: string): Promise<void> {
    await this.unitOfWork.manager.query(
      'UPDATE auth_api_keys SET revoked_at = now(), revoked_by = $2 WHERE id = $1 AND revoked_at IS NULL',
      [id, by],
    );
  }

  /** Ids of live keys with the role ADMIN, locked until the unit ends, so that two cannot revoke each other. */
  async lockAdmins(): Promise<string[]> {
    const rows = await this.unitOfWork.manager.query<{ id: string }[]>(
      `SELECT id FROM auth_api_keys WHERE 'ADMIN' = ANY (roles) AND revoked_at IS NULL ORDER BY id FOR UPDATE`,
    );
    return rows.map((row) => row.id);
  }

  private select(clause: string, parameters: unknown[]): Promise<ApiKeyRow[]> {
    return this.unitOfWork.manager.query<ApiKeyRow[]>(`SELECT ${COLUMNS} FROM auth_api_keys ${clause}`, parameters);
  }
}
