import { Injectable } from '@nestjs/common';
import type { LegalEntity, PartyModel } from '../../documents/model/index.js';
import { documentPartyMismatch } from '../../members/domain/problems.js';
import { Parties } from '../../members/index.js';
import type { Parties as Sides } from '../domain/party.js';

interface Named {
  readonly buyer: PartyModel;
  readonly seller: PartyModel;
}

/** Whether a document's buyer and seller are the two sides of an order. */
@Injectable()
export class DocumentParties {
  constructor(private readonly parties: Parties) {}

  /**
   * Refuses with DOCUMENT_PARTY_MISMATCH an order whose buyer and seller are not legal entities of these members; where
   * parties are learnt, those that are new become theirs in the current unit of work. Each pair is asked for once.
   */
  async requireOfOrders(orders: readonly (Named & { readonly sides: Sides })[]): Promise<void> {
    const seen = new Set<string>();
    for (const { buyer, seller, sides } of orders) {
      for (const [party, member, field] of [
        [buyer, sides.buyer, '/buyer/id'],
        [seller, sides.supplier, '/seller/id'],
      ] as const) {
        const key = party.entity ? `${member}/${nameOf(party.entity)}` : '';
        if (seen.has(key)) continue;
        await this.requireEntity(party, member, field);
        seen.add(key);
      }
    }
  }

  /** The same of a document about an order, which may leave out a party: its commitment is bound to the order's id. */
  async requireAbout(document: Named, sides: Sides): Promise<void> {
    await this.requireIfNamed(document.buyer, sides.buyer, '/buyer/id');
    await this.requireIfNamed(document.seller, sides.supplier, '/seller/id');
  }

  private async requireEntity({ entity }: PartyModel, member: number, field: string): Promise<void> {
    if (!entity) throw documentPartyMismatch(`${field} names no legal entity`, { field, member });
    await this.parties.require(nameOf(entity), member, field);
  }

  /** Documents lead with different identifiers of one party: unless the first is known, another that is will do. */
  private async requireIfNamed({ entity, entities }: PartyModel, member: number, field: string): Promise<void> {
    if (!entity) return;
    const [first, ...others] = entities;
    const known = first && (await this.parties.of(nameOf(first)));
    if (!known && (await this.ownsOne(member, others))) return;
    await this.parties.require(nameOf(entity), member, field);
  }

  private async ownsOne(member: number, entities: readonly LegalEntity[]): Promise<boolean> {
    for (const entity of entities) if ((await this.parties.of(nameOf(entity)))?.member === member) return true;
    return false;
  }
}

const nameOf = ({ scheme, id }: LegalEntity): string => `${scheme}:${id}`;
