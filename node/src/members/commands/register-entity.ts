import { Injectable } from '@nestjs/common';
import { RegistryDomains } from '../../chain/index.js';
import type { Hex } from '../../kernel/hex.js';
import { hashEntity } from '../domain/legal-entity.js';
import { RegistryCalls } from './registry-call.js';

/** Takes a legal entity for this member on chain: one member only, many entities a member. */
@Injectable()
export class RegisterEntity {
  constructor(
    private readonly calls: RegistryCalls,
    private readonly domains: RegistryDomains,
  ) {}

  /** `entity` is `scheme:id`; the chain gets its salted hash, which is the id of the result. */
  async register(entity: string): Promise<{ id: Hex; submission: { id: string } }> {
    const id = hashEntity(this.domains.of('MemberRegistry'), entity);
    const submission = await this.calls.asAdmin(
      'registerEntity',
      { contract: 'MemberRegistry', fn: 'registerEntity', args: [id] },
      { type: 'legal-entity', id },
    );
    return { id, submission };
  }
}
