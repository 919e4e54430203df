import { type Case, json, NOBODY, type World, xml } from './case.js';
import { FILE_ENTITY, jsonOrder, xmlOrder } from './documents.js';

type Actor = Case['as'];

const to = (
  title: string,
  as: Actor,
  path: string | ((world: World) => string),
  body: string | undefined,
  ...refusal: [number, string]
): Case => ({
  title,
  as,
  request: (world) => {
    const where = typeof path === 'string' ? path : path(world);
    return body === undefined ? { path: where } : json(where, body);
  },
  refusal,
});

const appointed = (change: Record<string, unknown>) =>
  JSON.stringify({ member: 'carrier', kinds: ['DELIVERED'], until: '2099-01-01T00:00:00Z', ...change });

const onPosted = (act: string) => (world: World) => `/v1/orders/${world.posted}/${act}`;
const onAccepted = (act: string) => (world: World) => `/v1/orders/${world.accepted}/${act}`;

/** Orders that exist, handled by who may not, when they may not, or with what is not there. */
export const orderCases: Case[] = [
  to('an order to nobody', 'core', '/v1/orders?supplier=nobody', jsonOrder(), 404, 'MEMBER_UNKNOWN'),
  to('an order to no one', 'core', '/v1/orders', jsonOrder(), 400, 'REQUEST_INVALID'),
  to('an order to oneself', 'core', '/v1/orders?supplier=core', jsonOrder('0042', 'A1'), 403, 'MEMBER_MISSING_ROLE'),
  to('an order to a bank', 'core', '/v1/orders?supplier=bank-a', jsonOrder('0042', 'A2'), 403, 'MEMBER_MISSING_ROLE'),
  to(
    'an order from a supplier',
    'supplier',
    '/v1/orders?supplier=supplier-2',
    jsonOrder('0042', 'A3'),
    403,
    'MEMBER_MISSING_ROLE',
  ),
  to('an order by a reader', 'reader', '/v1/orders?supplier=supplier-1', jsonOrder('0042', 'A4'), 403, 'FORBIDDEN'),
  to(
    'an order that is there already',
    'core',
    '/v1/orders?supplier=supplier-1',
    jsonOrder('0042', '0042-A'),
    409,
    'ORDER_NUMBER_ALREADY_POSTED',
  ),
  to(
    'an order that expired',
    'core',
    '/v1/orders?supplier=supplier-1&expiresAt=2020-01-01T00:00:00Z',
    jsonOrder('0042', 'A5'),
    422,
    'ORDER_EXPIRY_PAST',
  ),
  to(
    'an expiry that is no time',
    'core',
    '/v1/orders?supplier=supplier-1&expiresAt=soon',
    jsonOrder(),
    400,
    'REQUEST_INVALID',
  ),
  to('an id that nobody has', 'core', `/v1/orders/${NOBODY}`, undefined, 404, 'ORDER_UNKNOWN'),
  to('an id that is none', 'core', '/v1/orders/42', undefined, 400, 'HEX_MALFORMED'),
  to('an id with a quote', 'core', `/v1/orders/${NOBODY.slice(0, -1)}'`, undefined, 400, 'HEX_MALFORMED'),
  to('a status that is none', 'core', '/v1/orders?status=LOST', undefined, 400, 'REQUEST_INVALID'),
  to('a counterparty that is nobody', 'core', '/v1/orders?counterparty=nobody', undefined, 404, 'MEMBER_UNKNOWN'),
  to('acceptance of nothing', 'supplier', `/v1/orders/${NOBODY}/acceptance`, '{}', 404, 'ORDER_UNKNOWN'),
  to('acceptance by the buyer', 'core', onPosted('acceptance'), '{}', 403, 'ORDER_UNAUTHORIZED'),
  to('acceptance by a stranger', 'stranger', onPosted('acceptance'), '{}', 403, 'ORDER_UNAUTHORIZED'),
  to('acceptance by a reader', 'reader', onPosted('acceptance'), '{}', 403, 'FORBIDDEN'),
  to('acceptance once more', 'supplier', onAccepted('acceptance'), '{}', 409, 'ORDER_INVALID_TRANSITION'),
  to('rejection of what was accepted', 'supplier', onAccepted('rejection'), '{}', 409, 'ORDER_INVALID_TRANSITION'),
  to('withdrawal of what was accepted', 'core', onAccepted('withdrawal'), '{}', 409, 'ORDER_INVALID_TRANSITION'),
  to('withdrawal by the supplier', 'supplier', onPosted('withdrawal'), '{}', 403, 'ORDER_UNAUTHORIZED'),
  to('completion of what was not accepted', 'core', onPosted('completion'), '{}', 409, 'ORDER_INVALID_TRANSITION'),
  to('cancellation by a stranger', 'stranger', onAccepted('cancellation'), '{}', 403, 'ORDER_UNAUTHORIZED'),
  to('a change of version 0', 'core', onAccepted('changes/0/acceptance'), '{}', 409, 'ORDER_CHANGE_MISSING'),
  to('a change of version -1', 'core', onAccepted('changes/-1/acceptance'), '{}', 409, 'ORDER_CHANGE_MISSING'),
  to('a change of version 1e30', 'core', onAccepted('changes/1e30/acceptance'), '{}', 400, 'REQUEST_MALFORMED'),
  to(
    'a version beyond the database',
    'core',
    onAccepted('document?version=99999999999999'),
    undefined,
    409,
    'ORDER_DOCUMENT_MISSING',
  ),
  to('a milestone of no kind', 'supplier', onAccepted('milestones'), '{}', 400, 'REQUEST_INVALID'),
  to(
    'a milestone of a kind that is none',
    'supplier',
    onAccepted('milestones'),
    '{"kind": "TELEPORTED"}',
    400,
    'REQUEST_INVALID',
  ),
  to(
    'a receipt by the supplier',
    'supplier',
    onAccepted('milestones'),
    '{"kind": "RECEIVED"}',
    403,
    'MILESTONE_UNAUTHORIZED',
  ),
  to(
    'a delivery by one not appointed',
    'carrier',
    onAccepted('milestones'),
    '{"kind": "DELIVERED"}',
    403,
    'MILESTONE_UNAUTHORIZED',
  ),
  to(
    'a milestone before acceptance',
    'supplier',
    onPosted('milestones'),
    '{"kind": "PRODUCTION_STARTED"}',
    409,
    'ORDER_INVALID_STATUS',
  ),
  to(
    'a correction of nothing',
    'supplier',
    onAccepted('milestones'),
    `{"kind": "DELIVERED", "supersedes": "${NOBODY}"}`,
    404,
    'MILESTONE_UNKNOWN',
  ),
  to(
    'an appointment of nobody',
    'core',
    onAccepted('participants'),
    appointed({ member: 'nobody' }),
    404,
    'MEMBER_UNKNOWN',
  ),
  to(
    'an appointment to receive',
    'core',
    onAccepted('participants'),
    appointed({ kinds: ['RECEIVED'] }),
    422,
    'PARTICIPANT_INVALID_KINDS',
  ),
  to(
    'an appointment of a party',
    'core',
    onAccepted('participants'),
    appointed({ member: 'supplier-1' }),
    409,
    'PARTICIPANT_IS_PARTY',
  ),
  to(
    'an appointment without end',
    'core',
    onAccepted('participants'),
    appointed({ until: null }),
    400,
    'REQUEST_INVALID',
  ),
  {
    title: 'a despatch advice that reads a file',
    as: 'supplier',
    request: ({ accepted }) => xml(`/v1/orders/${accepted}/milestones?kind=DESPATCHED`, FILE_ENTITY),
    refusal: [422, 'DOCUMENT_DOCTYPE_REFUSED'],
  },
  {
    title: 'an order as a despatch advice',
    as: 'supplier',
    request: ({ accepted }) => xml(`/v1/orders/${accepted}/milestones?kind=DESPATCHED`, xmlOrder()),
    refusal: [422, 'DOCUMENT_KIND_MISMATCH'],
  },
  ...(['', '/history', '/document', '/document/source', '/milestones', '/receipts'] as const).flatMap((part) =>
    (['stranger', 'bank', 'carrier'] as const).map((who) =>
      to(
        `GET /v1/orders/{id}${part} by ${who}`,
        who,
        ({ accepted }) => `/v1/orders/${accepted}${part}`,
        undefined,
        403,
        'ORDER_NOT_DISCLOSED',
      ),
    ),
  ),
  to('keys made by a reader', 'reader', '/v1/api-keys', '{"name": "mine", "roles": ["ADMIN"]}', 403, 'FORBIDDEN'),
  to('a key without a role', 'core', '/v1/api-keys', '{"name": "none", "roles": []}', 400, 'REQUEST_INVALID'),
  to('a proposal of no kind', 'core', '/v1/proposals', '{"kind": "COUP"}', 400, 'REQUEST_INVALID'),
  to('a vote on nothing', 'core', `/v1/proposals/${NOBODY}/votes`, '{"approve": true}', 404, 'PROPOSAL_UNKNOWN'),
  to('a key that nobody has', 'core', `/v1/keys/${NOBODY}/revocation`, '{}', 404, 'KEY_UNKNOWN'),
  to(
    'a submission that nobody made',
    'core',
    '/v1/submissions/00000000-0000-4000-8000-000000000000',
    undefined,
    404,
    'SUBMISSION_UNKNOWN',
  ),
];
