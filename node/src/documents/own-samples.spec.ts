import { readdirSync, readFileSync } from 'node:fs';
import { commit, commitmentFields, importDocument, newSeed, verifyDisclosure } from './index.js';

const FOLDER = new URL('../../../samples/', import.meta.url);
const TAG = `0x${'aa'.repeat(32)}` as const;

const read = (file: string) => readFileSync(new URL(file, FOLDER));
const fromUbl = (name: string) => importDocument(read(`ubl/${name}.xml`), 'application/xml');
const fromJson = (name: string) => importDocument(read(`json/${name}.json`), 'application/json');
const names = readdirSync(new URL('ubl/', FOLDER)).map((file) => file.replace('.xml', ''));

describe("the project's own samples", () => {
  it('are there in UBL and in plain JSON', () => {
    expect(names).toHaveLength(8);
    expect(readdirSync(new URL('json/', FOLDER)).map((file) => file.replace('.json', ''))).toEqual(names);
  });

  it.each(names)('%s says the same in UBL and in plain JSON', (name) => {
    const [ubl, json] = [fromUbl(name), fromJson(name)];
    expect(JSON.parse(JSON.stringify(ubl.model))).toEqual(JSON.parse(JSON.stringify(json.model)));
    const mapped = ({ fields }: typeof ubl) => fields.filter(({ path }) => !path.startsWith('/source/'));
    expect(mapped(ubl)).toEqual(mapped(json));
  });

  it.each(names)('%s adds up, and plain JSON keeps nothing beside the mapped fields', (name) => {
    expect(fromUbl(name).notes).toEqual([]);
    expect(fromJson(name).fields.filter(({ path }) => path.startsWith('/source/values'))).toEqual([]);
  });

  it('are one chain', () => {
    const parties = { buyer: { entity: { id: '9521000000018' } }, seller: { entity: { id: '9521000000025' } } };
    const billed = { payer: parties.buyer, payee: parties.seller, orderNumbers: ['PO-2026-0042'], currency: 'EUR' };
    expect(fromUbl('order').model).toMatchObject({ number: 'PO-2026-0042', amount: '107.50', ...parties });
    expect(fromUbl('order-agreement').model).toMatchObject({ number: 'PO-2026-0043', amount: '10.75', ...parties });
    for (const name of ['order-response', 'despatch-advice', 'receipt-advice', 'receipt-advice-short']) {
      expect(fromUbl(name).model).toMatchObject({ orderNumbers: ['PO-2026-0042'], ...parties });
    }
    expect(fromUbl('invoice').model).toMatchObject({ amount: '107.50', dueDate: '2027-02-17', ...billed });
    expect(fromUbl('credit-note').model).toMatchObject({ invoiceNumbers: ['INV-2026-0107'], ...billed });
    const event = importDocument(read('epcis/shipping.jsonld'), 'application/ld+json').model;
    expect(event).toMatchObject({ orderNumbers: ['PO-2026-0042'], events: [{ despatchNumbers: ['DA-2026-0311'] }] });
  });

  it.each(names)('%s can be committed to and opened', (name) => {
    const document = fromUbl(name);
    const isOrder = document.kind === 'ORDER';
    const fields = commitmentFields(document, { version: 1, ...(isOrder ? { tag: TAG } : { orders: [TAG] }) });
    const commitment = commit(fields, newSeed());
    const verdict = verifyDisclosure(commitment.disclose(['']), commitment.root);
    expect(verdict.valid && [...verdict.fields].sort()).toEqual(fields.map(({ path, value }) => [path, value]).sort());
  });
});
