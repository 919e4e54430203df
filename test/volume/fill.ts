import type pg from 'pg';
import type { Hex } from '../../node/src/kernel/hex.js';

/** Member numbers of the embedded consortium; the node under test is CORE's. */
const [CORE, SUPPLIER, SECOND, CARRIER, ANOTHER] = [1, 2, 3, 6, 8];

/** How many rows of each table are unlike all others: the oldest ones, so that a list has to find them far down. */
export const RARE = 7;

/** Of the first order and receivable; 20 a block. */
export const FIRST_BLOCK = 1_000;

/** SQL of the id of the i-th thing of a kind: as random as real ones. */
export const idOf = (kind: string, i = 'i'): string => `sha256(('${kind} ' || ${i})::bytea)`;

const place = `${FIRST_BLOCK} + i / 20, i % 20`;
const placed = `jsonb_build_object('block', ${FIRST_BLOCK} + i / 20, 'log', i % 20, 'tx', '0x00', 'at', 1800000000 + i)`;
const rare = (unlike: string, usual: string): string => `CASE WHEN i <= ${RARE} THEN ${unlike} ELSE ${usual} END`;
const buyer = `CASE WHEN i <= ${RARE} OR i % 5 < 3 THEN ${CORE} ELSE ${SUPPLIER} END`;
const supplier = rare(`${CARRIER}`, `CASE WHEN i % 5 < 3 THEN ${SUPPLIER} ELSE ${SECOND} END`);
const zero = `decode(repeat('00', 32), 'hex')`;

/** What each table gets: columns, and what they are in row `i` of `rows`. */
const TABLES: readonly (readonly [table: string, columns: string, values: string])[] = [
  [
    'chain_orders',
    `id, buyer, supplier, status, version, cover_version, commitment, first_commitment, tag, expiry, encumbered,
       encumbered_descendants, head, entries, posted_block, posted_log, posted_at, changed_block, changed_at, type, framework`,
    `${idOf('order')}, ${buyer}, ${supplier}, ${rare(`'CANCELLED'`, `CASE i % 3 WHEN 0 THEN 'COMPLETED' ELSE 'ACCEPTED' END`)},
       1, 0, ${idOf('version')}, ${idOf('version')}, ${idOf('tag')}, 1900000000, false,
       0, ${zero}, 0, ${place}, 1800000000 + i, ${FIRST_BLOCK} + i / 20, 1800000000 + i,
       ${rare(`'FRAMEWORK'`, `'ORDER'`)}, CASE WHEN i % 10 = 0 THEN ${idOf('order', '1')} END`,
  ],
  [
    'order_documents',
    'order_id, root, version, number, number_key, issue_date, currency, amount',
    `${idOf('order')}, ${idOf('version')}, 1, 'PO-' || i, 'PO-' || i, '2026-11-01', 'GBP', '107.50'`,
  ],
  [
    'chain_participants',
    'order_id, member, appointed_by, kinds, until, block, at',
    `${idOf('order')}, ${rare(`${CORE}`, `${CARRIER}`)}, ${buyer}, 4, 1900000000, ${FIRST_BLOCK} + i / 20, 1800000000 + i`,
  ],
  [
    'chain_milestones',
    `order_id, entry, position, kind, author, commitment, supersedes, origin, recorded_at, head, block, log_index, tx`,
    `${idOf('order', '(i / 200)')}, ${idOf('entry')}, i % 200, 1, ${SUPPLIER}, ${idOf('milestone')}, ${zero},
       ${idOf('entry')}, 1800000000 + i, ${idOf('head')}, ${place}, ${zero}`,
  ],
  [
    'chain_receivables',
    `id, obligor, supplier, holder, status, commitment, cover_version, head, entries, open_disputes, marks,
       parent, part, issued_block, issued_log, issued`,
    `${idOf('receivable')}, ${buyer}, ${supplier}, substr(${idOf('holder')}, 1, 20),
       ${rare(`'WRITTEN_OFF'`, `CASE i % 3 WHEN 0 THEN 'ISSUED' ELSE 'CONFIRMED' END`)}, ${idOf('invoice')}, 0, ${zero}, 0, 0, 0,
       CASE WHEN i % 4 = 0 THEN ${idOf('receivable', '(i / 4)')} END, 0, ${place}, ${placed}`,
  ],
  ['chain_receivable_orders', 'receivable, order_id, place', `${idOf('receivable')}, ${idOf('order')}, 0`],
  [
    'chain_encumbrances',
    'object, on_order, lender, kind, state, terms, disburse_by, cover_version, reserved_block, reserved_log, reserved',
    `${idOf('receivable')}, false, substr(${idOf('lender')}, 1, 20), 'PLEDGE', 'RESERVED', ${idOf('terms')}, 1900000000, 0,
       ${place}, ${placed}`,
  ],
  [
    'chain_payments',
    'receivable, entry, commitment, settles, claimed',
    `${idOf('receivable')}, 0, ${idOf('payment')}, false, ${placed}`,
  ],
  [
    'financings',
    `id, side, object, on_order, holder, lender, status, requested, sent, requested_at, changed_at, version`,
    `${idOf('financing')}, ${rare(`'LENDER'`, `'HOLDER'`)}, ${idOf('receivable')}, false, ${CORE}, ${CARRIER}, 'REQUESTED',
       '{"amount": "1.00", "currency": "GBP"}', true, 1800000000 + i, 1800000000 + i, 1`,
  ],
  [
    'grants',
    `id, side, maker, grantee, object, on_order, purpose, profile, fields, from_at, until_at, seed, commitment,
       needs_approval, created_at`,
    `${idOf('grant')}, ${rare(`'OWNER'`, `'MAKER'`)}, ${CORE}, ${SUPPLIER}, ${idOf('order')}, true, 'TRACKING', 1, '["/number"]', 0,
       1900000000, ${zero}, ${idOf('granted')}, false, 1800000000 + i`,
  ],
  [
    'chain_grants',
    'grant_id, maker, commitment, made_block, made_at',
    `${idOf('grant')}, substr(${zero}, 1, 20),
       ${idOf('granted')}, ${FIRST_BLOCK}, 1800000000`,
  ],
  [
    'access_log',
    'block, viewer, object, fields, grant_id, outcome, position, hash',
    `${FIRST_BLOCK}, ${rare(`'auditor'`, `'bank-a'`)}, ${idOf('order')}, '["/number"]', ${idOf('grant')}, 'SHOWN', i, ${zero}`,
  ],
  [
    'audit_log',
    'actor, action, object, outcome, position, hash',
    `${rare(`'rare'`, `'desk'`)}, ${rare(`'rare'`, `'POST /v1/orders'`)}, encode(${idOf('order')}, 'hex'), 'ok', i, ${zero}`,
  ],
  [
    'chain_events',
    'block, log_index, block_time, tx, contract, name, args, object',
    `${place}, 1800000000 + i, ${zero}, 'OrderRegistry', 'OrderPosted', '{}', ${idOf('order')}`,
  ],
  ['event_news', 'tx, type, object, data', `(3 + i / 400)::text::xid8, 'news', ${idOf('order')}, '{}'`],
  [
    'submissions',
    'id, act, subject_type, subject_id, account, call_to, call_data, status, nonce, raw, tx, block',
    `gen_random_uuid(), 'act', 'order', ${idOf('order')}, substr(${zero}, 1, 20), substr(${zero}, 1, 20), '', ${rare(`'REVERTED'`, `'INCLUDED'`)}, i, '',
       ${zero}, ${FIRST_BLOCK} + i / 20`,
  ],
  [
    'exchange_outbox',
    'id, to_member, type, object, hash, status, deadline, settled_at',
    `gen_random_uuid(), ${SUPPLIER}, 'note', ${idOf('order')}, ${zero}, 'DELIVERED', now(), now()`,
  ],
  [
    'exchange_inbox',
    'from_member, id, type, object, hash, signer, status, receipt, received_at, received_block, settled_at',
    `${SUPPLIER}, gen_random_uuid(), 'note', ${idOf('order')}, ${zero}, ${zero}, 'HANDLED', '', now(), 1, now()`,
  ],
  [
    'webhook_deliveries',
    'webhook, event_id, type, status, created_at, settled_at',
    `(SELECT id FROM webhooks LIMIT 1), i::text, 'OrderPosted', 'DELIVERED', now(), now()`,
  ],
  [
    'approvals',
    `id, digest, command, action, url, clauses, requested_by, requester_name, requester_roles, status, requested_at, expires_at`,
    `gen_random_uuid(), ${idOf('command')}, ${idOf('command')}, 'POST', '/', '[]', 'key', 'desk', '{}', ${rare(`'PENDING'`, `'USED'`)},
       now() - make_interval(secs => 1000000 - i / 10.0), now() + interval '1 day'`,
  ],
  [
    'http_idempotency',
    'credential, route, key, fingerprint, status, body',
    `'key', 'POST /v1/orders', i::text, ${zero}, 201, ''`,
  ],
];

/** Who holds the parts of splits: seven each are the carrier's and this member's, all others another's. */
const held = (rows: number): string => `
  INSERT INTO receivable_part_holders (receivable, account, member)
    SELECT ${idOf('receivable')}, substr(${idOf('holder')}, 1, 20),
      CASE WHEN i <= 4 * ${RARE} THEN ${CARRIER} WHEN i <= 8 * ${RARE} THEN ${CORE} ELSE ${ANOTHER} END
    FROM generate_series(4, ${rows}, 4) i;
`;

/** What waits to be sent; few beside what is done. The lane and the member are used by nothing else. */
export const WAITING_LANE: Hex = `0x${'77'.repeat(20)}`;
export const WAITED_FOR = SECOND;
const WAITING = `
  INSERT INTO submissions (id, act, subject_type, subject_id, account, call_to, call_data)
    SELECT gen_random_uuid(), 'act', 'order', ${zero}, '\\x${'77'.repeat(20)}', substr(${zero}, 1, 20), '' FROM generate_series(1, 100);
  INSERT INTO submissions (id, act, subject_type, subject_id, account, call_to, call_data, status, nonce, raw, tx)
    SELECT gen_random_uuid(), 'act', 'order', ${zero}, '\\x${'77'.repeat(20)}', substr(${zero}, 1, 20), '', 'SENT', i, '', ${zero}
    FROM generate_series(1, 50) i;
  INSERT INTO exchange_outbox (id, to_member, type, object, body, hash, status, deadline)
    SELECT gen_random_uuid(), ${SECOND}, 'note', ${idOf('order')}, '', ${zero}, 'READY', now() FROM generate_series(1, 200) i;
  INSERT INTO exchange_outbox (id, to_member, type, object, body, hash, status, after_submission, deadline)
    SELECT gen_random_uuid(), ${SECOND}, 'note', ${idOf('order')}, '', ${zero}, 'WAITING', id, now()
    FROM (SELECT id, row_number() OVER () + 1000 AS i FROM submissions WHERE status = 'SENT') s;
  INSERT INTO exchange_outbox (id, to_member, type, object, hash, status, deadline)
    SELECT gen_random_uuid(), ${SECOND}, 'note', ${idOf('order')}, ${zero}, 'SET_ASIDE', now() FROM generate_series(1, ${RARE}) i;
  INSERT INTO webhook_deliveries (webhook, event_id, type, body)
    SELECT (SELECT id FROM webhooks LIMIT 1), i::text, 'OrderPosted', '{}' FROM generate_series(1, 100) i;
  INSERT INTO access_log (block, viewer, object, fields, outcome)
    SELECT 1, 'core', ${idOf('order')}, '[]', 'SHOWN' FROM generate_series(1, 5) i;
  INSERT INTO audit_log (actor, action, outcome) SELECT 'desk', 'GET', 'ok' FROM generate_series(1, 5);
`;

/** Orders that are in batches: half as many again, in a hundred batches, of which the oldest has refused ones. */
const BATCHES = 100;
const batched = (rows: number): string => `
  INSERT INTO order_batches (buyer, supplier, root, size, first_expiry)
    SELECT ${CORE}, ${SUPPLIER}, ${idOf('batch')}, ${rows / 2 / BATCHES}, 1900000000 FROM generate_series(1, ${BATCHES}) i;
  INSERT INTO chain_order_batches (buyer, root, supplier, bitmap, posted_block, posted_log, posted_at, answered_block, answered_at)
    SELECT ${CORE}, ${idOf('batch')}, ${SUPPLIER},
      decode(CASE WHEN i = 1 THEN 'fe' ELSE 'ff' END || repeat('ff', ${rows / 2 / BATCHES / 8 - 1}), 'hex'),
      ${FIRST_BLOCK} + i * ${rows / 20 / BATCHES}, 21, 1800000000, ${FIRST_BLOCK}, 1800000001 FROM generate_series(1, ${BATCHES}) i;
  INSERT INTO order_leaves (order_id, batch_id, position, commitment, tag, expiry)
    SELECT sha256((b.id || ' leaf ' || p)::bytea), b.id, p, ${zero}, ${zero}, 1900000000
    FROM order_batches b, generate_series(0, b.size - 1) p;
`;

/**
 * Fills the tables of CORE's node, which has one webhook, with `rows` rows each, a multiple of 4,000, straight past the
 * node: members, keys and the checkpoint stay as the chain has them. Nothing of it is on chain, so no process of the roles indexer or worker may
 * look at it.
 */
export async function fill(client: pg.Client, rows: number): Promise<void> {
  for (const [table, columns, values] of TABLES) {
    await client.query(`INSERT INTO ${table} (${columns}) SELECT ${values} FROM generate_series(1, ${rows}) i`);
  }
  await client.query(batched(rows) + held(rows));
  await client.query(WAITING);
  await client.query('VACUUM ANALYZE');
}
