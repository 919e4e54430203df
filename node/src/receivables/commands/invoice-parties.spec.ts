import { readFileSync } from 'node:fs';
import { documentOf, importDocument, type InvoiceModel } from '../../documents/index.js';
import { documentPartyMismatch } from '../../members/domain/problems.js';
import type { Parties } from '../../members/index.js';
import { InvoiceParties } from './invoice-parties.js';

const SIDES = { obligor: 1, supplier: 2 };
const sample = readFileSync(new URL('../../../../samples/ubl/invoice.xml', import.meta.url), 'utf8');
const TAX =
  '<cac:PartyTaxScheme><cbc:CompanyID>GB1232434</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>';

/** The sample's invoice as Peppol writes it: the supplier's number in the companies' register leads, its VAT number follows. */
const invoice = (): InvoiceModel => {
  const [payee, ...rest] = sample.split('</cac:AccountingSupplierParty>');
  const led = payee!
    .replace('<cbc:CompanyID schemeID="0088">9521000000025<', '<cbc:CompanyID>GB983294<')
    .replace('<cac:PartyLegalEntity>', `${TAX}<cac:PartyLegalEntity>`);
  const text = [led, ...rest].join('</cac:AccountingSupplierParty>');
  return documentOf(importDocument(Buffer.from(text), 'application/xml'), 'INVOICE').model;
};

/** Parties of which these are registered; learnt where `learns`. */
function partiesOf(registered: Record<string, number>, learns = false): InvoiceParties {
  const owners = new Map(Object.entries({ '0088:9521000000018': 1, ...registered }));
  const of = (entity: string) => {
    const member = owners.get(entity);
    return Promise.resolve(member === undefined ? null : { member, source: 'REGISTERED' });
  };
  const require = async (entity: string, member: number, field: string) => {
    if (learns && !owners.has(entity)) owners.set(entity, member);
    const owner = owners.get(entity) ?? null;
    if (owner !== member) throw documentPartyMismatch('not its own', { field, member, owner });
    return of(entity);
  };
  return new InvoiceParties({ of, require } as Parties);
}

it('are those of an invoice by what it leads with alone, which is all that a lender sees', async () => {
  await expect(partiesOf({ ':GB983294': 2 }).requireOfInvoice(invoice(), SIDES)).resolves.toBeUndefined();
  await expect(partiesOf({ 'VAT:GB1232434': 2 }).requireOfInvoice(invoice(), SIDES)).rejects.toMatchObject({
    code: 'DOCUMENT_PARTY_MISMATCH',
    facts: { field: '/payee/id', member: 2, owner: null, register: ':GB983294' },
  });
});

it('are named no identifier to register that is another member’s, or when none is theirs', async () => {
  const cases: Record<string, number>[] = [{ ':GB983294': 3, 'VAT:GB1232434': 2 }, { 'VAT:GB1232434': 3 }];
  for (const registered of cases) {
    const refused = partiesOf(registered).requireOfInvoice(invoice(), SIDES);
    await expect(refused).rejects.not.toHaveProperty('facts.register');
  }
});

it('are learnt by what an invoice leads with, where parties are learnt', async () => {
  const parties = partiesOf({ 'VAT:GB1232434': 2 }, true);
  await expect(parties.requireOfInvoice(invoice(), SIDES)).resolves.toBeUndefined();
});

it('are those of a credit note by any identifier, unless the first is another member’s', async () => {
  await expect(partiesOf({ 'VAT:GB1232434': 2 }).requireOfCreditNote(invoice(), SIDES)).resolves.toBeUndefined();
  const taken = partiesOf({ ':GB983294': 3, 'VAT:GB1232434': 2 });
  await expect(taken.requireOfCreditNote(invoice(), SIDES)).rejects.toMatchObject({ facts: { owner: 3 } });
});
