import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import type { PackVersion, RulePack, Scope } from '../domain/rule-pack.js';

/** A pack, and who set it when. */
export interface StoredPack extends PackVersion {
  readonly setBy: string;
  readonly setAt: Date;
}

interface Row {
  scope: Scope;
  version: number;
  content: RulePack;
  setBy: string;
  setAt: Date;
}

const COLUMNS = 'scope, version, content, set_by AS "setBy", set_at AS "setAt"';

/** Every version of the rules. All within the current unit of work. */
@Injectable()
export class PackStore {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** The highest version of each scope that has one. */
  current(): Promise<StoredPack[]> {
    return this.select(`SELECT DISTINCT ON (scope) ${COLUMNS} FROM policy_packs ORDER BY scope, version DESC`, []);
  }

  /** All versions of a scope, newest first. */
  versions(scope: Scope): Promise<StoredPack[]> {
    return this.select(`SELECT ${COLUMNS} FROM policy_packs WHERE scope = $1 ORDER BY version DESC LIMIT 200`, [scope]);
  }

  /** The version in force, 0 without any; nobody else sets one until the unit ends. */
  async lockedVersion(scope: Scope): Promise<number> {
    await this.unitOfWork.manager.query('LOCK TABLE policy_packs IN SHARE ROW EXCLUSIVE MODE');
    return (await this.versions(scope))[0]?.version ?? 0;
  }

  async add({ scope, version, clauses }: PackVersion, by: string): Promise<void> {
    await this.unitOfWork.manager.query(
      'INSERT INTO policy_packs (scope, version, content, set_by) VALUES ($1, $2, $3, $4)',
      [scope, version, JSON.stringify({ clauses }), by],
    );
  }

  private async select(sql: string, parameters: unknown[]): Promise<StoredPack[]> {
    const rows = await this.unitOfWork.manager.query<Row[]>(sql, parameters);
    return rows.map(({ content, ...row }) => ({ ...row, clauses: content.clauses }));
  }
}
