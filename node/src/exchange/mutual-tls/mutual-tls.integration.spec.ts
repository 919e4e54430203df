import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { type Authority, makeAuthority, type Pem } from '../../../../test/support/certificates.js';
import type { Settings } from '../../config/index.js';
import { UnitOfWork } from '../../database/index.js';
import { Exchange } from '../index.js';
import { type ExchangeNode, register, type Registered, startNode, stopNodes, until } from '../testing/exchange-node.js';
import { Notes } from '../testing/notes.js';
import { CertificatesInForce } from './certificates-in-force.js';
import { readCertificates } from './certificates.js';
import { MutualTlsDoor } from './door.js';

const OBJECT = `0x${'01'.repeat(32)}` as const;
const folder = mkdtempSync(join(tmpdir(), 'tradeproof-tls-'));

/** The consortium's authority, and one of somebody else's. */
const ours = makeAuthority('consortium');
const stranger = makeAuthority('stranger');

let core: Registered;
let supplier: Registered;
let sender: ExchangeNode;
let recipient: ExchangeNode;
let doorPort: number;

function files(name: string, pem: Pem, authority: Authority = ours): Partial<Settings> {
  const paths = { exchangeTlsCert: `${name}.crt`, exchangeTlsKey: `${name}.key`, exchangeTlsCa: `${name}-ca.crt` };
  const [cert, key, ca] = Object.values(paths).map((path) => join(folder, path));
  writeFileSync(cert!, pem.cert);
  writeFileSync(key!, pem.key, { mode: 0o600 });
  writeFileSync(ca!, authority.cert);
  return { exchangeTlsCert: cert!, exchangeTlsKey: key!, exchangeTlsCa: ca! };
}

const portOf = ({ app }: ExchangeNode) => app.get(MutualTlsDoor, { strict: false }).port!;

beforeAll(async () => {
  [core, supplier] = [register(1, 'core'), register(2, 'supplier-1')];
  const ofSupplier = files('supplier', ours.issue('supplier-1', ['127.0.0.1']));
  [sender, recipient] = await Promise.all([
    startNode(core, files('core', ours.issue('core', ['127.0.0.1']))),
    startNode(supplier, { ...ofSupplier, exchangeTlsPort: 0 }),
  ]);
  doorPort = portOf(recipient);
});

beforeEach(() => index(`https://127.0.0.1:${doorPort}`));

afterAll(async () => {
  await stopNodes();
  rmSync(folder, { recursive: true });
});

/** Both nodes know of both members; the supplier takes envelopes at `endpoint`. */
async function index(endpoint: string): Promise<void> {
  Object.assign(core, { endpoint: sender.url });
  Object.assign(supplier, { endpoint });
  await Promise.all([sender, recipient].map((node) => node.know([core, supplier])));
  const heads = [sender.head, recipient.head];
  const highest = Math.max(...heads.map((head) => head.current().number));
  for (const head of heads) while (head.current().number < highest) head.advance();
}

const send = (from: ExchangeNode, text: string): Promise<string> =>
  from.app
    .get(UnitOfWork)
    .run(() =>
      from.app.get(Exchange, { strict: false }).send({ to: 2, type: 'test.note', object: OBJECT, body: { text } }),
    );

const outbox = async (node: ExchangeNode, id: string): Promise<{ status: string; last_error: string | null }> =>
  (
    await node.query<{ status: string; last_error: string | null }>(
      'SELECT status, last_error FROM exchange_outbox WHERE id = $1',
      [id],
    )
  )[0]!;

/** Status of a request to the door, or the code with which TLS ends it. */
function knock(options: {
  pem?: Pem;
  path?: string;
  method?: string;
  ca?: string;
  headers?: Record<string, string>;
}): Promise<unknown> {
  const { pem, path = '/exchange/v1/envelopes', method = 'POST', ca = ours.cert, headers = {} } = options;
  return new Promise((resolve) => {
    const where = { host: '127.0.0.1', port: doorPort, path, ca, agent: false } as const;
    const type = { 'content-type': 'application/jose', ...headers };
    const asked = request({ ...where, method, headers: type, ...pem }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode));
    });
    asked.on('error', (error: NodeJS.ErrnoException) => resolve(error.code)).end('a.b.c.d.e');
  });
}

it('delivers between nodes that have certificates of the consortium', async () => {
  const id = await send(sender, 'by mutual TLS');
  await until(async () => (await outbox(sender, id)).status === 'DELIVERED');
  expect(await recipient.app.get(Notes, { strict: false }).texts()).toContain('by mutual TLS');
});

it('lets nobody in without a certificate, with one of strangers, or with one of yesterday', async () => {
  expect(await knock({})).toMatch(/^(ECONNRESET|EPIPE|ERR_SSL_.*CERTIFICATE_REQUIRED)$/);
  const foreign = stranger.issue('supplier-1', ['127.0.0.1']);
  expect(await knock({ pem: foreign })).toMatch(/^(ECONNRESET|EPIPE|ERR_SSL_.*(UNKNOWN_CA|CERTIFICATE).*)$/);
  const old = ours.issue('core', ['127.0.0.1'], { expired: true });
  expect(await knock({ pem: old })).toMatch(/^(ECONNRESET|EPIPE|ERR_SSL_.*CERTIFICATE.*)$/);
});

it('takes envelopes and questions there and nothing else, and judges them as ever', async () => {
  const pem = ours.issue('bank-a', ['127.0.0.1']);
  expect(await knock({ pem })).toBe(400);
  expect(await knock({ pem, path: '/exchange/v1/standing', method: 'GET' })).toBe(400);
  for (const path of ['/v1/orders', '/metrics', '/exchange/v1/envelopes/', '/exchange/v1/envelopes?x=1', '/docs'])
    expect(await knock({ pem, path })).toBe(404);
});

it('takes none at the main door any more', async () => {
  const response = await fetch(`${recipient.url}/exchange/v1/envelopes`, {
    method: 'POST',
    headers: { 'content-type': 'application/jose' },
    body: 'a.b.c.d.e',
  });
  expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([
    403,
    'CLIENT_CERTIFICATE_REQUIRED',
  ]);
  expect((await fetch(`${recipient.url}/health`)).status).toBe(200);
});

/** A connection to a door that says nothing, not even hello; ended once the other side has closed it. */
async function silentAt(port: number): Promise<{ ended: Promise<unknown> }> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  return { ended: new Promise((resolve) => socket.on('error', resolve).once('close', resolve).resume()) };
}

it('ends a connection that does not get through the handshake, in the time of a head', async () => {
  const hasty = await startNode(supplier, {
    ...files('hasty', ours.issue('supplier-1', ['127.0.0.1'])),
    ...{ exchangeTlsPort: 0, headersTimeoutSeconds: 1 },
  });
  const silent = await silentAt(portOf(hasty));
  const since = performance.now();
  await silent.ended;
  expect(performance.now() - since).toBeLessThan(60_000);
});

it('does not wait for a handshake, nor for a first request, when it stops', async () => {
  const patient = await startNode(supplier, {
    ...files('patient', ours.issue('supplier-1', ['127.0.0.1'])),
    ...{ exchangeTlsPort: 0, headersTimeoutSeconds: 300, requestTimeoutSeconds: 300 },
  });
  const silent = await silentAt(portOf(patient));
  const greeted = connectTls({ host: '127.0.0.1', port: portOf(patient), ca: ours.cert, ...ours.issue('bank-a', []) });
  greeted.on('error', () => undefined).resume();
  await once(greeted, 'secureConnect');
  await patient.halt();
  await silent.ended;
});

it('sends nothing to a node that shows a stranger’s certificate, another host’s, or none at all', async () => {
  const impostor = await startNode(supplier, {
    ...files('impostor', stranger.issue('supplier-1', ['127.0.0.1']), ours),
    exchangeTlsPort: 0,
  });
  const misplaced = await startNode(supplier, {
    ...files('misplaced', ours.issue('supplier-1', ['supplier.example'])),
    exchangeTlsPort: 0,
  });
  for (const [endpoint, why] of [
    [`https://127.0.0.1:${portOf(impostor)}`, /^(UNABLE_TO_VERIFY|SELF_SIGNED|DEPTH_ZERO)/],
    [`https://127.0.0.1:${portOf(misplaced)}`, /^ERR_TLS_CERT_ALTNAME_INVALID$/],
    [recipient.url, /plain http where nodes have certificates/],
  ] as const) {
    await sender.query('TRUNCATE exchange_outbox');
    await index(endpoint);
    const id = await send(sender, 'not for you');
    await until(async () => (await outbox(sender, id)).last_error !== null);
    expect(await outbox(sender, id)).toEqual({
      status: expect.not.stringMatching('DELIVERED') as string,
      last_error: expect.stringMatching(why) as string,
    });
  }
  for (const node of [impostor, misplaced, recipient])
    expect(await node.app.get(Notes, { strict: false }).texts()).not.toContain('not for you');
});

it('takes up renewed certificates, and an authority beside the old one, without a restart', async () => {
  const successor = makeAuthority('successor');
  const [coreForce, supplierForce] = [sender, recipient].map(({ app }) =>
    app.get(CertificatesInForce, { strict: false }),
  );
  const pem = successor.issue('core', ['127.0.0.1']);
  expect(await knock({ pem })).not.toBe(400);

  // Both authorities in each bundle first.
  for (const name of ['core', 'supplier']) writeFileSync(join(folder, `${name}-ca.crt`), ours.cert + successor.cert);
  supplierForce!.look();
  expect(await knock({ pem })).toBe(400);

  // A key that is not its certificate's is half a renewal: nothing changes.
  const next = successor.issue('supplier-1', ['127.0.0.1']);
  writeFileSync(join(folder, 'supplier.crt'), next.cert);
  supplierForce!.look();
  expect(await knock({ pem })).toBe(400);
  expect(await knock({ pem, ca: successor.cert })).toMatch(/SELF_SIGNED|UNABLE|DEPTH_ZERO/);
  writeFileSync(join(folder, 'supplier.key'), next.key);
  supplierForce!.look();
  expect(await knock({ pem, ca: successor.cert })).toBe(400);

  writeFileSync(join(folder, 'core.crt'), pem.cert);
  writeFileSync(join(folder, 'core.key'), pem.key);
  coreForce!.look();
  const id = await send(sender, 'with new certificates');
  await until(async () => (await outbox(sender, id)).status === 'DELIVERED');
});

it('starts with all three files or none, and with a key that others cannot read', () => {
  const all = {
    exchangeTlsPort: undefined,
    exchangeTlsCert: undefined,
    exchangeTlsKey: undefined,
    exchangeTlsCa: undefined,
  };
  expect(readCertificates(all)).toBeUndefined();
  expect(() => readCertificates({ ...all, exchangeTlsPort: 8443 })).toThrow('all three');
  const given = { ...all, ...files('open', ours.issue('open', [])) };
  expect(readCertificates(given)).toMatchObject({ ca: ours.cert });
  expect(() => readCertificates({ ...given, exchangeTlsCa: undefined })).toThrow('all three');
  chmodSync(given.exchangeTlsKey!, 0o644);
  expect(() => readCertificates(given)).toThrow('chmod 600');
});
