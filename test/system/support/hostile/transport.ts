import { type Case, JSON_BODY, json, type World, XML } from './case.js';
import { jsonOrder, xmlOrder } from './documents.js';

const ORDERS = '/v1/orders?supplier=supplier-1';

const credentials = (): Case[] => {
  const with_ = (title: string, authorization: (world: World) => string): Case => ({
    title,
    as: 'core',
    request: (world) => ({
      method: 'POST',
      path: ORDERS,
      headers: { ...XML, authorization: authorization(world) },
      body: xmlOrder(),
    }),
    refusal: [401, 'UNAUTHENTICATED'],
  });
  return [
    with_('no credential', () => ''),
    with_('a key that nobody has', () => 'Bearer tp_0000000000000000_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'),
    with_('a key with another secret', ({ core }) => `Bearer ${core.member.apiKey.slice(0, -4)}AAAA`),
    with_('the key of another member', ({ supplier }) => `Bearer ${supplier.member.apiKey}`),
    with_('a revoked key', ({ revoked }) => `Bearer ${revoked.member.apiKey}`),
    with_('another scheme', ({ core }) => `Basic ${Buffer.from(`x:${core.member.apiKey}`).toString('base64')}`),
    with_('a token signed by nobody', () => 'Bearer eyJhbGciOiJub25lIn0.eyJyb2xlcyI6WyJBRE1JTiJdfQ.'),
    with_('a very long token', () => `Bearer ${'a'.repeat(8000)}`),
  ];
};

const post = (headers: Record<string, string>, body: string | Buffer, path = ORDERS) => ({
  method: 'POST',
  path,
  headers,
  body,
});

/** Faults of the request itself, whatever it carries. */
export const transportCases: Case[] = [
  ...credentials(),
  {
    title: 'headers of 20 KiB',
    as: 'core',
    request: () => ({ path: '/v1/orders', headers: { 'x-filler': 'x'.repeat(20_000) } }),
    refusal: [431, 'HEADERS_TOO_LARGE'],
  },
  {
    title: 'an id of 4,000 characters',
    as: 'core',
    request: () => ({ path: `/v1/orders/0x${'a'.repeat(4000)}` }),
    refusal: [414, 'URI_TOO_LONG'],
  },
  {
    title: 'a route that is not there',
    as: 'core',
    request: () => ({ path: '/v1/orders/../../etc/passwd' }),
    refusal: [404, 'ROUTE_NOT_FOUND'],
  },
  {
    title: 'a method that is not there',
    as: 'core',
    request: () => ({ method: 'PUT', path: '/v1/orders', headers: JSON_BODY, body: '{}' }),
    refusal: [404, 'ROUTE_NOT_FOUND'],
  },
  {
    title: 'a half percent escape',
    as: 'core',
    request: () => ({ path: '/v1/orders/%E0%A4%A' }),
    refusal: [400, 'REQUEST_MALFORMED'],
  },
  {
    title: 'a media type that is not taken',
    as: 'core',
    request: () => post({ 'content-type': 'text/html' }, '<html/>'),
    refusal: [415, 'MEDIA_TYPE_UNSUPPORTED'],
  },
  {
    title: 'no media type',
    as: 'core',
    request: () => post({}, xmlOrder()),
    refusal: [415, 'MEDIA_TYPE_UNSUPPORTED'],
  },
  {
    title: 'an empty Idempotency-Key',
    as: 'core',
    request: () => post({ ...XML, 'idempotency-key': '' }, xmlOrder()),
    refusal: [400, 'IDEMPOTENCY_KEY_INVALID'],
  },
  {
    title: 'an Idempotency-Key of 300 characters',
    as: 'core',
    request: () => post({ ...XML, 'idempotency-key': 'k'.repeat(300) }, xmlOrder()),
    refusal: [400, 'IDEMPOTENCY_KEY_INVALID'],
  },
  {
    title: 'the Idempotency-Key of another request',
    as: 'core',
    request: () => post({ ...XML, 'idempotency-key': 'taken-before' }, xmlOrder('PO-2026-0042', 'PO-OTHER')),
    refusal: [422, 'IDEMPOTENCY_KEY_REUSED'],
  },
  {
    title: 'a block to wait for that is no number',
    as: 'core',
    request: () => ({ path: '/v1/orders', headers: { 'tradeproof-min-block': 'latest' } }),
    refusal: [400, 'REQUEST_INVALID'],
  },
  {
    title: 'a block to wait for that is far ahead',
    as: 'core',
    request: () => ({ path: '/v1/orders', headers: { 'tradeproof-min-block': '999999999', prefer: 'wait=0' } }),
    refusal: [503, 'INDEX_BEHIND'],
  },
  {
    title: 'a body of 6 MiB',
    as: 'core',
    request: () => post(JSON_BODY, jsonOrder('"Kestrel', `"${'K'.repeat(6 * 1024 * 1024)}`)),
    refusal: [413, 'BODY_TOO_LARGE'],
  },
  {
    title: 'JSON cut off',
    as: 'core',
    request: () => json(ORDERS, jsonOrder().slice(0, -20)),
    refusal: [400, 'REQUEST_MALFORMED'],
  },
  {
    title: 'JSON that is not UTF-8',
    as: 'core',
    request: () => post(JSON_BODY, Buffer.from(jsonOrder('Kestrel', 'Késtrel'), 'latin1')),
    refusal: [400, 'REQUEST_MALFORMED'],
  },
  {
    title: 'JSON nested 100,000 levels',
    as: 'core',
    request: () => json(ORDERS, `{"document": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`),
    refusal: [400, 'REQUEST_MALFORMED'],
  },
  {
    title: 'JSON that reaches for the prototype',
    as: 'core',
    request: () => json(ORDERS, jsonOrder('"kind"', '"__proto__": {"kind": "ORDER"}, "kind"')),
    refusal: [400, 'REQUEST_MALFORMED'],
  },
  {
    title: 'JSON that is no object',
    as: 'supplier',
    request: ({ posted }) => json(`/v1/orders/${posted}/acceptance`, '[]'),
    refusal: [400, 'REQUEST_INVALID'],
  },
  {
    title: 'a member that the route does not know',
    as: 'supplier',
    request: ({ posted }) => json(`/v1/orders/${posted}/acceptance`, '{"force": true}'),
    refusal: [400, 'REQUEST_INVALID'],
  },
  {
    title: 'the character U+0000',
    as: 'supplier',
    request: ({ posted }) => json(`/v1/orders/${posted}/rejection`, '{"reason": "a\\u0000b"}'),
    refusal: [422, 'DOCUMENT_TEXT_INVALID'],
  },
  {
    title: 'a cursor of our own making',
    as: 'core',
    request: () => ({ path: `/v1/orders?cursor=${Buffer.from('{"a":1}').toString('base64url')}` }),
    refusal: [400, 'CURSOR_INVALID'],
  },
  {
    title: 'a cursor with numbers beyond the database',
    as: 'core',
    request: () => ({
      path: `/v1/orders?cursor=${Buffer.from(JSON.stringify([1e15, 5e9, 0])).toString('base64url')}`,
    }),
    refusal: [400, 'CURSOR_INVALID'],
  },
  {
    title: 'a page of a million',
    as: 'core',
    request: () => ({ path: '/v1/orders?limit=1000000' }),
    refusal: [400, 'REQUEST_INVALID'],
  },
  {
    title: 'U+0000 in a filter',
    as: 'core',
    request: () => ({ path: '/v1/orders?number=%00' }),
    refusal: [422, 'DOCUMENT_IDENTITY_UNUSABLE'],
  },
  {
    title: 'an envelope that is none',
    as: 'core',
    request: () => post({ 'content-type': 'application/jose' }, 'a.b.c.d.e', '/exchange/v1/envelopes'),
    refusal: [400, 'ENVELOPE_UNREADABLE'],
  },
];
