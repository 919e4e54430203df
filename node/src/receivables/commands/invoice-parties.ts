import { Injectable } from '@nestjs/common';
import type { LegalEntity, PartyModel } from '../../documents/model/index.js';
import { documentPartyMismatch } from '../../members/domain/problems.js';
import { Parties } from '../../members/index.js';

/** Who owes and is owed: member numbers. */
export interface BillSides {
  readonly obligor: number;
  readonly supplier: number;
}

/** Whether an invoice's or a credit note's payer and payee are the sides of a receivable. */
@Injectable()
export class InvoiceParties {
  constructor(private readonly parties: Parties) {}

  /**
   * Refuses with DOCUMENT_PARTY_MISMATCH unless payer and payee are legal entities of obligor and supplier; where parties
   * are learnt, a new one becomes theirs in the current unit of work.
   */
  async require(bill: { readonly payer: PartyModel; readonly payee: PartyModel }, sides: BillSides): Promise<void> {
    await this.requireOne(bill.payer, sides.obligor, '/payer/id');
    await this.requireOne(bill.payee, sides.supplier, '/payee/id');
  }

  /** Documents lead with different identifiers of one party: unless the first is known, another that is will do. */
  private async requireOne({ entity, entities }: PartyModel, member: number, field: string): Promise<void> {
    if (!entity) throw documentPartyMismatch(`${field} names no legal entity`, { field, member });
    const [first, ...others] = await Promise.all(entities.map((each) => this.parties.of(entityName(each))));
    if (!first && others.some((owner) => owner?.member === member)) return;
    await this.parties.require(entityName(entity), member, field);
  }
}

/** `scheme:id`, as tags and the registry name an entity. */
export const entityName = ({ scheme, id }: LegalEntity): string => `${scheme}:${id}`;
