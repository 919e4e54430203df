import { randomUUID } from 'node:crypto';
import { publicKeysOf } from '../../../../scripts/consortium/keys.js';
import { UnitOfWork } from '../../database/index.js';
import type { Hex } from '../../kernel/hex.js';
import type { Envelope } from '../domain/envelope.js';
import { encryptionKey, privateKey, verificationKey } from '../domain/message-keys.js';
import { readReceipt } from '../domain/receipt.js';
import { seal } from '../domain/seal.js';
import { Exchange } from '../index.js';
import { DOMAIN, keyId, register, startNode, until, type ExchangeNode, type Registered } from './exchange-node.js';
import { NoteHandler, Notes } from './notes.js';

export const object = (n: number): Hex => `0x${n.toString(16).padStart(64, '0')}`;

/** The two members whose nodes a spec runs. */
export let core: Registered;
export let supplier: Registered;
export let sender: ExchangeNode;
export let recipient: ExchangeNode;

export const members = () => [core, supplier];
/** Both nodes index the registry as it is now, up to the same block. */
export async function index(): Promise<void> {
  await Promise.all([sender, recipient].map((node) => node.know(members())));
  const heads = [sender.head, recipient.head];
  const highest = Math.max(...heads.map((head) => head.current().number));
  for (const head of heads) while (head.current().number < highest) head.advance();
}
export const notes = () => recipient.app.get(Notes, { strict: false }).texts();
export const handler = () => recipient.app.get(NoteHandler, { strict: false });

interface Sent {
  readonly about?: number;
  /** Further objects that it carries. */
  readonly also?: readonly number[];
  readonly after?: string;
  readonly type?: string;
}

export const send = (text: string, { about = 1, also = [], after, type = 'test.note' }: Sent = {}) => {
  const body = { text, ...(also.length > 0 && { also: also.map(object) }) };
  const exchange = sender.app.get(Exchange, { strict: false });
  return sender.app.get(UnitOfWork).run(() => exchange.send({ to: 2, type, object: object(about), body, after }));
};

export const outbox = async (id: string) =>
  (
    await sender.query(
      `SELECT status, outcome, receipt, attempts, last_error, hash, body IS NULL AS emptied
       FROM exchange_outbox WHERE id = $1`,
      [id],
    )
  )[0]!;
export const outboxStatus = async (id: string) => (await outbox(id))['status'];
export const delivered = (id: string) => until(async () => (await outboxStatus(id)) === 'DELIVERED');

/** An envelope from core to supplier, sealed by the test itself. */
export async function sealed(
  change: Partial<Envelope> = {},
  keys = core.keys,
  kid = keyId(1, 1),
  to = { id: keyId(2, 2), publicKey: publicKeysOf(supplier.keys).keys[1]!.publicKey as Hex },
): Promise<[Envelope, string]> {
  const envelope: Envelope = {
    v: 1,
    id: randomUUID(),
    domain: DOMAIN,
    from: 1,
    to: 2,
    type: 'test.note',
    object: object(1),
    body: JSON.stringify({ text: 'by hand' }),
    block: 0,
    sealedAt: new Date().toISOString(),
    ...change,
  };
  const signing = await privateKey(kid, keys.messageSigning);
  return [envelope, await seal(envelope, signing, await encryptionKey(to.id, to.publicKey))];
}

export const deliver = async (body: string | Buffer, url = recipient.url) => {
  const headers = { 'content-type': 'application/jose' };
  const response = await fetch(`${url}/exchange/v1/envelopes`, { method: 'POST', headers, body: body as string });
  return { status: response.status, text: await response.text() };
};

export const refusal = async (body: string | Buffer) => {
  const { status, text } = await deliver(body);
  return [status, (JSON.parse(text) as { code: string }).code];
};

export const receiptIn = async (text: string) => {
  const { publicKey } = publicKeysOf(supplier.keys).keys[0]!;
  return readReceipt(text, await verificationKey(keyId(2, 1), publicKey as Hex));
};

/** Begins a spec. */
export async function startWorld(): Promise<void> {
  [core, supplier] = [register(1, 'core'), register(2, 'supplier-1')];
  [sender, recipient] = await Promise.all([startNode(core), startNode(supplier)]);
}

const TABLES = [
  ...['exchange_outbox', 'exchange_inbox', 'exchange_forgotten', 'exchange_arrivals'],
  ...['indexer_blocks', 'submissions', 'notes'],
];

/** Before each test: nothing was sent, nobody is suspended. */
export async function resetWorld(): Promise<void> {
  // One table at a time: a node at work locks them in another order than one statement would.
  for (const node of [sender, recipient]) for (const table of TABLES) await node.query(`TRUNCATE ${table}`);
  handler().faults.clear();
  Object.assign(core, { endpoint: sender.url, suspended: false });
  Object.assign(supplier, { endpoint: recipient.url, suspended: false });
  await index();
}

/** The recipient comes back as a new process over the same database. */
export async function restartRecipient(options: Parameters<typeof startNode>[1]): Promise<void> {
  recipient = await startNode(supplier, options);
}

export async function storedBody(id: string, text: string): Promise<Buffer> {
  const { AtRest } = await import('../../kernel/at-rest.js');
  return new AtRest(core.keys.vault, 'exchange').encrypt(id, JSON.stringify({ text }));
}
