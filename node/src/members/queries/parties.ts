import { Injectable } from '@nestjs/common';
import { RegistryDomains } from '../../chain/index.js';
import { Config } from '../../config/index.js';
import { UnitOfWork } from '../../database/index.js';
import { type Hex, toBytes } from '../../kernel/hex.js';
import { hashEntity } from '../domain/legal-entity.js';
import { documentPartyMismatch } from '../domain/problems.js';

/** How this node knows whose a legal entity is: by the registry, or because it saw that member use it first. */
export type PartySource = 'REGISTERED' | 'LEARNT';

/** The member that a legal entity belongs to. Verdicts name a source of LEARNT. */
export interface Party {
  readonly member: number;
  readonly source: PartySource;
}

/**
 * Whose a legal entity (`scheme:id`) is. One that was ever registered is learnt from nobody: were it so, a member from whom
 * the chambers took it would go on using it.
 */
@Injectable()
export class Parties {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly domains: RegistryDomains,
    private readonly config: Config,
  ) {}

  /** The member that a legal entity belongs to, null when nobody's is known. */
  async of(entity: string): Promise<Party | null> {
    return this.find(this.hash(entity));
  }

  /**
   * Refuses with DOCUMENT_PARTY_MISMATCH unless `entity`, which stands at `field` of a document, belongs to `member`.
   * Where parties are learnt, an entity that nobody is known to own becomes that member's, in the current unit of work.
   */
  async require(entity: string, member: number, field: string): Promise<Party> {
    const hash = this.hash(entity);
    const party = (await this.find(hash)) ?? (await this.learn(hash, member));
    if (party?.member === member) return party;
    const why = party ? `belongs to member ${party.member}` : 'is not registered by any member';
    throw documentPartyMismatch(`${field} names a legal entity that ${why}, not to member ${member}`, {
      field,
      member,
      owner: party?.member ?? null,
    });
  }

  private hash(entity: string): Hex {
    return hashEntity(this.domains.of('MemberRegistry'), entity);
  }

  private async find(hash: Hex): Promise<Party | null> {
    const [party] = await this.unitOfWork.manager.query<Party[]>(
      `SELECT member, 'REGISTERED' AS source FROM chain_entities WHERE entity = $1 AND removed_block IS NULL
       UNION ALL SELECT member, 'LEARNT' FROM member_parties
         WHERE entity = $1 AND $2 AND NOT EXISTS (SELECT FROM chain_entities WHERE entity = $1)
       ORDER BY source DESC LIMIT 1`,
      [toBytes(hash), this.config.parties === 'learn'],
    );
    return party ?? null;
  }

  private async learn(hash: Hex, member: number): Promise<Party | null> {
    if (this.config.parties !== 'learn') return null;
    const [party] = await this.unitOfWork.manager.query<Party[]>(
      // The update that changes nothing makes a concurrent first use wait, and gives back whose it was.
      `INSERT INTO member_parties AS known (entity, member)
       SELECT $1, $2 WHERE NOT EXISTS (SELECT FROM chain_entities WHERE entity = $1)
       ON CONFLICT (entity) DO UPDATE SET member = known.member RETURNING member, 'LEARNT' AS source`,
      [toBytes(hash), member],
    );
    return party ?? null;
  }
}
