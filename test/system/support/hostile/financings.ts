import { type Case, NOBODY, to, type World } from './case.js';

const LATER = '2099-01-01T00:00:00Z';
const at = (act: string) => (world: World) => `/v1/financings/${world.requested}/${act}`;

const asking = (title: string, as: Case['as'], body: (world: World) => object, ...refusal: [number, string]): Case => ({
  title,
  as,
  request: (world) => {
    const asked = { lender: 'bank-a', requested: { amount: '80.00', currency: 'GBP' }, ...body(world) };
    return {
      method: 'POST',
      path: '/v1/financings',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(asked),
    };
  },
  refusal,
});

const offer = (title: string, change: object, ...refusal: [number, string]): Case => {
  const terms = { advance: '80.00', discountBps: 450, recourse: false, kind: 'PLEDGE', expiresAt: LATER };
  return to(title, 'bank', at('offer'), JSON.stringify({ ...terms, ...change }), ...refusal);
};

const ON = ({ confirmed }: World) => ({ receivable: confirmed });

/** Requests and offers of money, by who may not, when they may not, or with terms that cannot be. */
export const financingCases: Case[] = [
  asking('money for nothing', 'supplier', () => ({}), 400, 'REQUEST_INVALID'),
  asking('money for two things', 'supplier', (w) => ({ ...ON(w), order: w.accepted }), 400, 'REQUEST_INVALID'),
  asking('money for what nobody has', 'supplier', () => ({ receivable: NOBODY }), 404, 'RECEIVABLE_UNKNOWN'),
  asking(
    'money for what is not confirmed',
    'supplier',
    ({ issued }) => ({ receivable: issued }),
    409,
    'RECEIVABLE_NOT_CONFIRMED',
  ),
  asking(
    'money for an order that is not accepted',
    'supplier',
    ({ posted }) => ({ order: posted }),
    409,
    'ENCUMBRANCE_ORDER_NOT_ACCEPTED',
  ),
  asking('money from nobody', 'supplier', (w) => ({ ...ON(w), lender: 'nobody' }), 404, 'MEMBER_UNKNOWN'),
  asking('money from a carrier', 'supplier', (w) => ({ ...ON(w), lender: 'carrier' }), 403, 'MEMBER_MISSING_ROLE'),
  asking('money for another’s claim', 'stranger', ON, 403, 'FINANCING_NOT_HOLDER'),
  asking('money for its own debt', 'core', ON, 403, 'MEMBER_MISSING_ROLE'),
  asking(
    'less than nothing',
    'supplier',
    (w) => ({ ...ON(w), requested: { amount: '-1.00', currency: 'GBP' } }),
    422,
    'AMOUNT_INVALID',
  ),
  asking(
    'money of another currency',
    'supplier',
    (w) => ({ ...ON(w), requested: { amount: '1.00', currency: 'EUR' } }),
    422,
    'CURRENCY_MISMATCH',
  ),
  asking(
    'money of no currency',
    'supplier',
    (w) => ({ ...ON(w), requested: { amount: '1.00', currency: 'ABC' } }),
    422,
    'CURRENCY_MISMATCH',
  ),
  asking(
    'half a cent',
    'supplier',
    (w) => ({ ...ON(w), requested: { amount: '0.005', currency: 'GBP' } }),
    422,
    'AMOUNT_INVALID',
  ),
  to('a financing that nobody has', 'supplier', `/v1/financings/${NOBODY}`, undefined, 404, 'FINANCING_UNKNOWN'),
  to(
    'a financing of others',
    'otherBank',
    ({ requested }) => `/v1/financings/${requested}`,
    undefined,
    404,
    'FINANCING_UNKNOWN',
  ),
  to(
    'an offer by a bank that was not asked',
    'otherBank',
    at('offer'),
    JSON.stringify({ advance: '80.00', discountBps: 450, recourse: false, kind: 'PLEDGE', expiresAt: LATER }),
    404,
    'FINANCING_UNKNOWN',
  ),
  offer('an advance beyond the cover', { advance: '96.76' }, 409, 'ADVANCE_EXCEEDS_COVER'),
  offer('a negative advance', { advance: '-80.00' }, 422, 'AMOUNT_INVALID'),
  offer('an advance of another currency', { advance: { amount: '80.00', currency: 'EUR' } }, 422, 'CURRENCY_MISMATCH'),
  offer('a discount below nothing', { discountBps: -1 }, 400, 'REQUEST_INVALID'),
  offer('a discount that is no whole number', { discountBps: 4.5 }, 400, 'REQUEST_INVALID'),
  offer('an offer that has expired', { expiresAt: '2020-01-01T00:00:00Z' }, 422, 'OFFER_TERMS_INVALID'),
  offer('a reservation for a month', { disburseBy: LATER }, 422, 'OFFER_TERMS_INVALID'),
  offer('an offer of a kind that is none', { kind: 'GIFT' }, 400, 'REQUEST_INVALID'),
  offer('an offer with more in it', { bribe: true }, 400, 'REQUEST_INVALID'),
  to('an offer to oneself', 'supplier', at('offer'), '{}', 400, 'REQUEST_INVALID'),
  to('agreement where nothing is offered', 'supplier', at('agreement'), '{}', 409, 'FINANCING_INVALID_TRANSITION'),
  to('agreement by the lender', 'bank', at('agreement'), '{}', 403, 'FINANCING_UNAUTHORIZED'),
  to(
    'disbursement where nothing is agreed',
    'bank',
    at('disbursement'),
    '{"reference": "R"}',
    409,
    'FINANCING_INVALID_TRANSITION',
  ),
  to('disbursement by the holder', 'supplier', at('disbursement'), '{"reference": "R"}', 403, 'FINANCING_UNAUTHORIZED'),
  to(
    'repayment of nothing lent',
    'bank',
    at('repayments'),
    '{"amount": "1.00", "reference": "R"}',
    409,
    'FINANCING_INVALID_TRANSITION',
  ),
  to('notice of no claim', 'bank', at('notice'), '{}', 409, 'FINANCING_INVALID_TRANSITION'),
  to('release of no claim', 'bank', at('release'), '{}', 409, 'FINANCING_INVALID_TRANSITION'),
  to('agreement by a reader', 'reader', at('agreement'), '{}', 403, 'FORBIDDEN'),
  to(
    'verification of a claim of nobody',
    'bank',
    `/v1/receivables/${NOBODY}/verification`,
    undefined,
    404,
    'RECEIVABLE_UNKNOWN',
  ),
  to(
    'verification of an order of nobody',
    'bank',
    `/v1/orders/${NOBODY}/verification`,
    undefined,
    404,
    'ORDER_UNKNOWN',
  ),
];
