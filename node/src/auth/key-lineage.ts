import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/index.js';

/** Which credentials come from one another. Who makes a key has seen it, and may be the one who uses it. */
@Injectable()
export class KeyLineage {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Credentials that made this one, or that it made, over any number of keys between; revoked ones too. */
  async of(credential: string): Promise<ReadonlySet<string>> {
    const rows = await this.unitOfWork.manager.query<{ credential: string }[]>(
      `WITH RECURSIVE
         makers AS (
           SELECT created_by AS credential FROM auth_api_keys WHERE 'key:' || id = $1
           UNION SELECT k.created_by FROM auth_api_keys k JOIN makers m ON 'key:' || k.id = m.credential),
         made AS (
           SELECT 'key:' || id AS credential FROM auth_api_keys WHERE created_by = $1
           UNION SELECT 'key:' || k.id FROM auth_api_keys k JOIN made m ON k.created_by = m.credential)
       SELECT credential FROM makers UNION SELECT credential FROM made`,
      [credential],
    );
    return new Set(rows.map((row) => row.credential));
  }
}
