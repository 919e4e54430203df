import { Injectable } from '@nestjs/common';
import { RegistryDomains } from '../../chain/index.js';
import { UnitOfWork } from '../../database/index.js';
import { type Hex, toBytes } from '../../kernel/hex.js';
import { hashEntity } from '../domain/legal-entity.js';
import { normaliseEntity } from '../domain/tags.js';

/** What the registry says of legal entities. */
@Injectable()
export class LegalEntities {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly domains: RegistryDomains,
  ) {}

  /** The salted hash that the chain lists for `scheme:id`, however that is written. Throws IDENTITY_UNUSABLE. */
  idOf(entity: string): Hex {
    return hashEntity(this.domains.of('MemberRegistry'), normaliseEntity(entity));
  }

  /** Number of the member that has it registered, null while nobody has. */
  async memberOf(id: Hex): Promise<number | null> {
    const [row] = await this.unitOfWork.manager.query<{ member: number }[]>(
      'SELECT member FROM chain_entities WHERE entity = $1 AND removed_block IS NULL',
      [toBytes(id)],
    );
    return row?.member ?? null;
  }
}
