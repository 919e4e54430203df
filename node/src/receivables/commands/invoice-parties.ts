import { Injectable } from '@nestjs/common';
import type { LegalEntity, PartyModel } from '../../documents/model/index.js';
import { Problem } from '../../kernel/problem.js';
import { documentPartyMismatch } from '../../members/domain/problems.js';
import { Parties } from '../../members/index.js';

/** Who owes and is owed: member numbers. */
export interface BillSides {
  readonly obligor: number;
  readonly supplier: number;
}

interface Bill {
  readonly payer: PartyModel;
  readonly payee: PartyModel;
}

/** Whether an invoice's or a credit note's payer and payee are the sides of a receivable. */
@Injectable()
export class InvoiceParties {
  constructor(private readonly parties: Parties) {}

  /**
   * Refuses with DOCUMENT_PARTY_MISMATCH an invoice unless the identifiers that payer and payee lead with are legal entities of obligor
   * and supplier: fingerprints are over these, and lenders are shown no others, so a claim on any other could be financed by nobody.
   * Where parties are learnt, a new one becomes theirs in the current unit of work.
   */
  async requireOfInvoice(invoice: Bill, sides: BillSides): Promise<void> {
    await this.requireLeading(invoice.payer, sides.obligor, '/payer/id');
    await this.requireLeading(invoice.payee, sides.supplier, '/payee/id');
  }

  /** The same of a credit note, of which no identity is taken: unless the first identifier is known, another that is theirs will do. */
  async requireOfCreditNote(creditNote: Bill, sides: BillSides): Promise<void> {
    await this.requireAny(creditNote.payer, sides.obligor, '/payer/id');
    await this.requireAny(creditNote.payee, sides.supplier, '/payee/id');
  }

  private async requireLeading(party: PartyModel, member: number, field: string): Promise<void> {
    const { first, isOthers } = await this.known(party, member, field);
    try {
      await this.parties.require(first, member, field);
    } catch (error) {
      if (!isOthers || !(error instanceof Problem)) throw error;
      const detail = `${field} leads with ${first}, which no member has registered: register it beside the other identifiers of member ${member}`;
      throw documentPartyMismatch(detail, { field, member, owner: null, register: first });
    }
  }

  private async requireAny(party: PartyModel, member: number, field: string): Promise<void> {
    const { first, isOthers } = await this.known(party, member, field);
    if (!isOthers) await this.parties.require(first, member, field);
  }

  /** What a party leads with, and whether nobody is known to own that, but the member another of its identifiers. */
  private async known({ entity, entities }: PartyModel, member: number, field: string) {
    if (!entity) throw documentPartyMismatch(`${field} names no legal entity`, { field, member });
    const [owner, ...others] = await Promise.all(entities.map((each) => this.parties.of(entityName(each))));
    return { first: entityName(entity), isOthers: !owner && others.some((other) => other?.member === member) };
  }
}

/** `scheme:id`, as tags and the registry name an entity. */
export const entityName = ({ scheme, id }: LegalEntity): string => `${scheme}:${id}`;
