import { type Case, json, NOBODY, to, type World, xml } from './case.js';
import { FILE_ENTITY, jsonInvoice } from './documents.js';

const onIssued = (act: string) => (world: World) => `/v1/receivables/${world.issued}/${act}`;
const onConfirmed = (act: string) => (world: World) => `/v1/receivables/${world.confirmed}/${act}`;

/** An invoice on the accepted order, its text with `from` replaced. */
const invoice = (title: string, from: string, changed: string, ...refusal: [number, string]): Case => ({
  title,
  as: 'supplier',
  request: ({ accepted }) => json(`/v1/receivables?order=${accepted}`, jsonInvoice(from, changed)),
  refusal,
});
const number = '"orderNumber": "PO-2026-0042-A"';

const confirmation = (title: string, body: string, ...refusal: [number, string]): Case =>
  to(title, 'core', onIssued('confirmation'), body, ...refusal);

const payment = (title: string, amount: string, ...refusal: [number, string]): Case =>
  to(title, 'core', onConfirmed('payments'), `{"amount": ${amount}, "reference": "R"}`, ...refusal);

/** Invoices and receivables, handled by who may not, when they may not, or with amounts that are none. */
export const claimCases: Case[] = [
  invoice('an invoice of another currency', '"EUR"', '"GBP"', 422, 'INVOICE_ORDER_MISMATCH'),
  invoice('an invoice of another order', number, '"orderNumber": "PO-1"', 422, 'INVOICE_ORDER_MISMATCH'),
  invoice('an invoice of no order', `${number},`, '', 422, 'INVOICE_ORDER_MISMATCH'),
  invoice('an invoice over nothing', '"amount": "107.50"', '"amount": "0"', 422, 'AMOUNT_INVALID'),
  invoice('a negative invoice', '"amount": "107.50"', '"amount": "-1"', 422, 'AMOUNT_INVALID'),
  invoice('an invoice over half a cent', '"amount": "107.50"', '"amount": "107.505"', 422, 'AMOUNT_INVALID'),
  invoice(
    'an invoice whose amount is twice there',
    '"amount": "107.50"',
    '"amount": "1", "amount": "2"',
    422,
    'DOCUMENT_REPEATED_KEY',
  ),
  invoice('an invoice to the supplier itself', '"9521000000018"', '"9521000000025"', 422, 'DOCUMENT_PARTY_MISMATCH'),
  {
    title: 'an invoice that reads a file',
    as: 'supplier',
    request: ({ accepted }) => xml(`/v1/receivables?order=${accepted}`, FILE_ENTITY),
    refusal: [422, 'DOCUMENT_DOCTYPE_REFUSED'],
  },
  to('an invoice on no order at all', 'supplier', '/v1/receivables', jsonInvoice(), 400, 'REQUEST_INVALID'),
  to(
    'an invoice on an order of nobody',
    'supplier',
    `/v1/receivables?order=${NOBODY}`,
    jsonInvoice(),
    404,
    'ORDER_UNKNOWN',
  ),
  to(
    'an invoice on an order not accepted',
    'supplier',
    ({ posted }) => `/v1/receivables?order=${posted}`,
    jsonInvoice(),
    409,
    'ORDER_INVALID_STATUS',
  ),
  to(
    'an invoice by the buyer',
    'core',
    ({ accepted }) => `/v1/receivables?order=${accepted}`,
    jsonInvoice(),
    403,
    'MEMBER_MISSING_ROLE',
  ),
  to(
    'an invoice by a stranger',
    'stranger',
    ({ accepted }) => `/v1/receivables?order=${accepted}`,
    jsonInvoice(),
    403,
    'ORDER_UNAUTHORIZED',
  ),
  to('a receivable that nobody has', 'core', `/v1/receivables/${NOBODY}`, undefined, 404, 'RECEIVABLE_UNKNOWN'),
  confirmation('a confirmation beyond what was received', '{}', 409, 'CONFIRMATION_EXCEEDS_COVER'),
  confirmation(
    'a confirmation beyond the invoice',
    '{"amount": "107.51", "withoutReceipt": true}',
    422,
    'CONFIRMATION_EXCEEDS_INVOICE',
  ),
  confirmation('a negative confirmation', '{"amount": "-1.00", "withoutReceipt": true}', 422, 'AMOUNT_INVALID'),
  confirmation(
    'a confirmation in another currency',
    '{"amount": {"amount": "1.00", "currency": "EUR"}}',
    422,
    'CURRENCY_MISMATCH',
  ),
  confirmation('a confirmation as a JSON number', '{"amount": 1.00}', 400, 'REQUEST_INVALID'),
  confirmation('a confirmation due on no day', '{"dueDate": "2027-02-30"}', 400, 'REQUEST_INVALID'),
  confirmation(
    'a confirmation whose amount is twice there',
    '{"amount": "1.00", "amount": "2.00"}',
    400,
    'REQUEST_MALFORMED',
  ),
  to('a confirmation by the supplier', 'supplier', onIssued('confirmation'), '{}', 403, 'RECEIVABLE_UNAUTHORIZED'),
  to('a confirmation by a stranger', 'stranger', onIssued('confirmation'), '{}', 403, 'RECEIVABLE_UNAUTHORIZED'),
  to('a confirmation once more', 'core', onConfirmed('confirmation'), '{}', 409, 'RECEIVABLE_INVALID_TRANSITION'),
  payment('a payment of nothing', '"0"', 422, 'AMOUNT_INVALID'),
  payment('a negative payment', '"-5.00"', 422, 'AMOUNT_INVALID'),
  payment('a payment in words', '"five"', 422, 'AMOUNT_INVALID'),
  payment('a payment with an exponent', '"1e2"', 422, 'AMOUNT_INVALID'),
  payment('a payment of another currency', '{"amount": "5.00", "currency": "EUR"}', 422, 'CURRENCY_MISMATCH'),
  payment('a payment of a currency that is none', '{"amount": "5.00", "currency": "???"}', 422, 'CURRENCY_MISMATCH'),
  payment('a payment that is a list', '["5.00"]', 400, 'REQUEST_INVALID'),
  payment('a payment whose amount is twice there', '"5.00", "amount": "6.00"', 400, 'REQUEST_MALFORMED'),
  to(
    'a payment to nobody',
    'core',
    onConfirmed('payments'),
    '{"amount": "5", "reference": "R", "paidTo": "nobody"}',
    404,
    'MEMBER_UNKNOWN',
  ),
  to(
    'a payment before confirmation',
    'core',
    onIssued('payments'),
    '{"amount": "5", "reference": "R"}',
    409,
    'RECEIVABLE_NOT_CONFIRMED',
  ),
  to(
    'a payment by the supplier',
    'supplier',
    onConfirmed('payments'),
    '{"amount": "5", "reference": "R"}',
    403,
    'RECEIVABLE_UNAUTHORIZED',
  ),
  to(
    'an acknowledgement of no payment',
    'supplier',
    onConfirmed('payments/7/acknowledgement'),
    '{}',
    404,
    'PAYMENT_UNKNOWN',
  ),
  to(
    'an acknowledgement of payment -1',
    'supplier',
    onConfirmed('payments/-1/acknowledgement'),
    '{}',
    400,
    'REQUEST_INVALID',
  ),
  to(
    'an acknowledgement of payment 9e9',
    'supplier',
    onConfirmed('payments/9999999999/acknowledgement'),
    '{}',
    404,
    'PAYMENT_UNKNOWN',
  ),
  to('a withdrawal of no payment', 'core', onConfirmed('payments/7/withdrawal'), '{}', 404, 'PAYMENT_UNKNOWN'),
  to(
    'a withdrawal by the supplier',
    'supplier',
    onConfirmed('payments/7/withdrawal'),
    '{}',
    403,
    'RECEIVABLE_UNAUTHORIZED',
  ),
  to(
    'a dispute by the supplier',
    'supplier',
    onConfirmed('disputes'),
    '{"reason": "x"}',
    403,
    'RECEIVABLE_UNAUTHORIZED',
  ),
  to('a dispute without a reason', 'core', onConfirmed('disputes'), '{}', 400, 'REQUEST_INVALID'),
  to(
    'a dispute over more than is owed',
    'core',
    onConfirmed('disputes'),
    '{"reason": "x", "amount": "-1"}',
    422,
    'AMOUNT_INVALID',
  ),
  to('a resolution of no dispute', 'core', onConfirmed('disputes/3/resolution'), '{}', 404, 'DISPUTE_UNKNOWN'),
  to(
    'a credit note by the buyer',
    'core',
    onConfirmed('credit-notes'),
    jsonInvoice('"INVOICE"', '"CREDIT_NOTE"'),
    403,
    'RECEIVABLE_UNAUTHORIZED',
  ),
  to(
    'a credit note of another currency',
    'supplier',
    onConfirmed('credit-notes'),
    jsonInvoice('"INVOICE"', '"CREDIT_NOTE"'),
    422,
    'CURRENCY_MISMATCH',
  ),
  to('an acknowledgement of no notice', 'core', onConfirmed('notice/acknowledgement'), '{}', 409, 'NOTICE_MISSING'),
  to(
    'a demand to release what is not paid',
    'core',
    onConfirmed('release-demand'),
    '{"reason": "x"}',
    409,
    'RECEIVABLE_NOT_SETTLED',
  ),
  to('voiding without consent', 'core', onConfirmed('voiding'), '{}', 409, 'VOID_CONSENT_MISSING'),
  ...(['', '/cover', '/payments'] as const).flatMap((part) =>
    (['stranger', 'otherBank', 'carrier'] as const).map((who) =>
      to(
        `GET /v1/receivables/{id}${part} by ${who}`,
        who,
        ({ issued }) => `/v1/receivables/${issued}${part}`,
        undefined,
        403,
        'RECEIVABLE_NOT_DISCLOSED',
      ),
    ),
  ),
];
