import {
  BILLION_LAUGHS,
  EXTERNAL_DTD,
  FILE_ENTITY,
  jsonOrder,
  manyNotes,
  nested,
  PARAMETER_ENTITY,
  truncated,
  xmlOrder,
} from './documents.js';
import { type Case, json, xml } from './case.js';

const ORDERS = '/v1/orders?supplier=supplier-1';
const asXml = (title: string, document: () => string | Buffer, status: number, code: string): Case => ({
  title,
  as: 'core',
  request: () => xml(ORDERS, document()),
  refusal: [status, code],
});
const asJson = (title: string, document: () => string, status: number, code: string): Case => ({
  title,
  as: 'core',
  request: () => json(ORDERS, document()),
  refusal: [status, code],
});

const amount = (written: string) => () => jsonOrder('"amount": "107.50"', `"amount": ${written}`);

/** Orders that no node takes. */
export const documentCases: Case[] = [
  ...truncated(8).map((cut, i) => asXml(`XML cut off after ${i} eighths`, () => cut, 400, 'DOCUMENT_MALFORMED')),
  asXml('a tag that is not closed', () => xmlOrder('</cac:Contract>'), 400, 'DOCUMENT_MALFORMED'),
  asXml('bytes that are no text', () => Buffer.alloc(4096, 0xff), 400, 'DOCUMENT_MALFORMED'),
  asXml('a billion laughs', () => BILLION_LAUGHS, 422, 'DOCUMENT_DOCTYPE_REFUSED'),
  asXml('an entity that reads a file', () => FILE_ENTITY, 422, 'DOCUMENT_DOCTYPE_REFUSED'),
  asXml('a parameter entity that calls out', () => PARAMETER_ENTITY, 422, 'DOCUMENT_DOCTYPE_REFUSED'),
  asXml('a DTD elsewhere', () => EXTERNAL_DTD, 422, 'DOCUMENT_DOCTYPE_REFUSED'),
  asXml('an entity without a DTD', () => xmlOrder('Castings for', '&nbsp;'), 400, 'DOCUMENT_MALFORMED'),
  asXml('XML nested 100 levels', () => nested(100), 422, 'DOCUMENT_TOO_DEEP'),
  asXml('XML nested 100,000 levels', () => nested(100_000), 422, 'DOCUMENT_TOO_DEEP'),
  asXml('a document of 4.5 MiB', () => manyNotes(45, 100 * 1024), 413, 'DOCUMENT_TOO_LARGE'),
  asXml('a document of 100,000 values', () => manyNotes(100_000, 1), 413, 'DOCUMENT_TOO_LARGE'),
  asXml('another root', () => '<Receipt xmlns="urn:x"/>', 422, 'DOCUMENT_KIND_UNSUPPORTED'),
  asXml(
    'an encoding that lies',
    () => Buffer.from(xmlOrder('Castings for', 'Gußteile für'), 'latin1'),
    400,
    'DOCUMENT_MALFORMED',
  ),
  asXml('an encoding not taken', () => xmlOrder('UTF-8', 'EBCDIC-CP-US'), 422, 'DOCUMENT_ENCODING_UNSUPPORTED'),
  asXml('no number', () => xmlOrder('<cbc:ID>PO-2026-0042</cbc:ID>'), 422, 'DOCUMENT_FIELD_MISSING'),
  asXml('a currency that is none', () => xmlOrder(/EUR/g, 'XYZ'), 422, 'CURRENCY_UNKNOWN'),
  asXml(
    'lines of another currency',
    () => xmlOrder('LineExtensionAmount currencyID="EUR">75', 'LineExtensionAmount currencyID="USD">75'),
    422,
    'CURRENCY_MISMATCH',
  ),
  asXml('an amount with a comma', () => xmlOrder('>107.50</cbc:Pay', '>107,50</cbc:Pay'), 422, 'AMOUNT_INVALID'),
  asXml('a negative amount', () => xmlOrder('>107.50</cbc:Pay', '>-107.50</cbc:Pay'), 422, 'AMOUNT_INVALID'),
  asXml('a day that is none', () => xmlOrder('2026-11-02', '2026-02-30'), 422, 'DOCUMENT_FIELD_INVALID'),
  asXml('no body', () => '', 400, 'DOCUMENT_MALFORMED'),
  asJson('no document', () => '{}', 400, 'REQUEST_INVALID'),
  asJson('a document that is a text', () => '{"document": "order"}', 422, 'DOCUMENT_FIELD_MISSING'),
  asJson('an amount that is negative', amount('"-107.50"'), 422, 'AMOUNT_INVALID'),
  asJson('an amount in words', amount('"one hundred"'), 422, 'AMOUNT_INVALID'),
  asJson('an amount beyond all numbers', amount('1e400'), 422, 'DECIMAL_INVALID'),
  asJson('an amount in other digits', amount('"١٠٧.٥٠"'), 422, 'AMOUNT_INVALID'),
  asJson('an amount of 5,000 digits', amount('9'.repeat(5000)), 422, 'DECIMAL_INVALID'),
  asJson('two amounts in a list', amount('["107.50", "1.00"]'), 422, 'DOCUMENT_REPEATED_KEY'),
  asJson(
    'a quantity that is no number',
    () => jsonOrder('"quantity": 100', '"quantity": "a hundred"'),
    422,
    'DECIMAL_INVALID',
  ),
  asJson('a key twice', amount('"107.50", "amount": "1.00"'), 422, 'DOCUMENT_REPEATED_KEY'),
  asJson('the document twice', () => jsonOrder().replace(/}$/, ', "document": {}}'), 400, 'REQUEST_MALFORMED'),
  asJson('a key twice, once escaped', amount('"107.50", "\\u0061mount": "1.00"'), 422, 'DOCUMENT_REPEATED_KEY'),
  asJson('half a surrogate', () => jsonOrder('Kestrel', '\\ud800'), 422, 'DOCUMENT_TEXT_INVALID'),
  asJson('an invoice', () => jsonOrder('"ORDER"', '"INVOICE"'), 422, 'DOCUMENT_KIND_MISMATCH'),
  asJson(
    'a buyer that is the seller’s legal entity',
    () => jsonOrder('9521000000018', '9521000000025').replace('PO-2026-0042', 'PO-PARTY-1'),
    422,
    'DOCUMENT_PARTY_MISMATCH',
  ),
  asJson(
    'a seller that is another member’s legal entity',
    () => jsonOrder('9521000000025', '9521000000018').replace('PO-2026-0042', 'PO-PARTY-2'),
    422,
    'DOCUMENT_PARTY_MISMATCH',
  ),
];
