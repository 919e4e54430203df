import type pg from 'pg';
import { DocumentVault, type TradeDocument } from '../../node/src/documents/index.js';
import { type Hex, toHex } from '../../node/src/kernel/hex.js';
import type { Root, Seed } from '../../node/src/kernel/ids.js';
import type { TestNode } from '../support/nodes.js';
import { idOf } from './fill.js';

const SEED = `0x${'11'.repeat(32)}` as Seed;
const LINE = { id: '1', item: 'A-1', quantity: '100', amount: '107.50', has: 'amount item quantity' };
const shared = { currency: 'GBP', amount: '107.50', '/lines/-': '1' };
const FIELDS = {
  ORDER: { kind: 'ORDER', number: 'PO-1', issueDate: '2026-11-01', ...shared },
  INVOICE: { kind: 'INVOICE', number: 'INV-1', issueDate: '2026-11-02', dueDate: '2027-01-31', ...shared },
  CONFIRMATION: {
    kind: 'CONFIRMATION',
    currency: 'GBP',
    amount: '107.50',
    dueDate: '2027-01-31',
    withoutReceipt: 'true',
  },
};

/**
 * Gives the last `count` receivables what real ones have: order, invoice and confirmation in the vault, an offer of money
 * and its reservation, so that a view of one looks up all that there is to look up.
 */
export async function fillDocuments({ app }: TestNode, client: pg.Client, rows: number, count: number): Promise<void> {
  const last = `generate_series(${rows - count + 1}, ${rows}) i`;
  await client.query(`
    UPDATE chain_receivables SET status = 'CONFIRMED', confirmation = ${idOf('confirmation', 'i')}, scope = 4, confirmed = issued
      FROM ${last} WHERE id = ${idOf('receivable')};
    INSERT INTO receivable_documents (receivable, root, counterparty, number, number_key, issue_date, due_date, currency,
      amount, invoice_amount, instalment, instalments, issuer, obligor)
      SELECT ${idOf('receivable')}, ${idOf('invoice')}, 2, 'INV-' || i, 'INV-' || i, '2026-11-02', '2027-01-31', 'GBP', '107.50',
        '107.50', 0, 2, 'a:1', 'a:2' FROM ${last};
    UPDATE financings SET status = 'OFFERED', offer = jsonb_build_object(
        'root', '0x' || encode(${idOf('terms')}, 'hex'),
        'certificate', jsonb_build_object('account', '0x' || encode(substr(${idOf('lender')}, 1, 20), 'hex')),
        'consent', jsonb_build_object('coverVersion', 0),
        'terms', jsonb_build_object('advance', jsonb_build_object('amount', '50.00', 'currency', 'GBP'), 'discountBps', 500,
          'feeBps', 0, 'dayCount', 'ACT/365', 'repayBy', '2027-01-31', 'recourse', false, 'kind', 'PLEDGE',
          'expiresAt', 1900000000, 'disburseBy', 1900000000))
      FROM ${last} WHERE id = ${idOf('financing')};
    ANALYZE financings, receivable_documents, chain_receivables`);
  const { rows: ids } = await client.query<Record<string, Buffer>>(
    `SELECT ${['version', 'order', 'invoice', 'receivable', 'confirmation'].map((kind) => `${idOf(kind)} AS "${kind}"`).join(', ')}
     FROM ${last}`,
  );
  const vault = app.get(DocumentVault, { strict: false });
  await vault.storeMany(
    ids.flatMap((id) => [
      stored('ORDER', id['version']!, id['order']!),
      stored('INVOICE', id['invoice']!, id['receivable']!),
      stored('CONFIRMATION', id['confirmation']!, id['receivable']!),
    ]),
  );
  await client.query('ANALYZE documents');
}

function stored(kind: keyof typeof FIELDS, root: Buffer, object: Buffer) {
  const line = Object.entries(LINE).map(([name, value]) => ({ path: `/lines/0/${name}`, value }));
  const head = Object.entries(FIELDS[kind]).map(([name, value]) => ({ path: `/${name}`.replace('//', '/'), value }));
  const fields = kind === 'CONFIRMATION' ? head : [...head, ...line];
  const sha256 = `0x${'22'.repeat(32)}` as Hex;
  const source = { bytes: new Uint8Array(), mediaType: 'application/json', format: 'JSON', sha256 };
  // What is looked up of it are its fields alone.
  const document = { kind, model: { kind }, fields, notes: [], source } as unknown as TradeDocument;
  return { document, entry: { object: toHex(object), version: 1, root: toHex(root) as Root, seed: SEED, fields } };
}
