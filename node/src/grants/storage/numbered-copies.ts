import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';
import { CopiesStore } from './copies.store.js';
import { inForce } from './grant.store.js';
import { NumberTags } from './number-tags.js';

/** Copies opened at a time: one may have megabytes. */
const AT_A_TIME = 50;

/** Finds orders among what was disclosed by their numbers, of which the tables keep tags alone. */
@Injectable()
export class NumberedCopies {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly copies: CopiesStore,
    private readonly tags: NumberTags,
  ) {}

  /** Orders of which grants in force at block time `now` show this number, in any spelling. */
  async of(number: string, now: number): Promise<Hex[]> {
    const tag = this.tags.of(number);
    await this.tagFormer();
    const rows = await this.unitOfWork.manager.query<{ object: Buffer }[]>(
      `SELECT DISTINCT c.object FROM granted_copies c JOIN grants g ON g.id = c.grant_id
       WHERE c.kind = 'ORDER' AND c.number_tag = $1 AND ${inForce('$2::int8')}`,
      [tag, now],
    );
    return rows.map(({ object }) => toHex(object));
  }

  /** Tags what came before there were tags, once. */
  private async tagFormer(): Promise<void> {
    for (;;) {
      const former = await this.copies.untagged(AT_A_TIME);
      if (former.length === 0) return;
      // Not over the tag of a fuller copy that came meanwhile.
      await this.unitOfWork.manager.query(
        `UPDATE granted_copies c SET number_tag = t.tag
         FROM unnest($1::bytea[], $2::bytea[], $3::bytea[]) AS t (grant_id, root, tag)
         WHERE c.grant_id = t.grant_id AND c.root = t.root AND c.number_tag IS NULL`,
        [
          former.map(({ grant }) => toBytes(grant)),
          former.map(({ root }) => toBytes(root)),
          // One that does not decrypt shows no number: left without a tag it would be met again by each who asks.
          former.map(({ disclosure }) => this.tags.among(disclosure?.fields ?? [])),
        ],
      );
      await setImmediate();
    }
  }
}
