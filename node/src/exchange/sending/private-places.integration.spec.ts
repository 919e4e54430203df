import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sealKeys, type Settings } from '../../config/index.js';
import { UnitOfWork } from '../../database/index.js';
import { Exchange } from '../index.js';
import { Outbox } from '../storage/outbox.js';
import { type ExchangeNode, register, startNode, stopNodes } from '../testing/exchange-node.js';
import { Delivery } from './delivery.js';

const PASSPHRASE = 'correct horse battery';
const OBJECT = `0x${'01'.repeat(32)}` as const;
const folder = mkdtempSync(join(tmpdir(), 'tradeproof-places-'));
const [core, supplier] = [register(1, 'core'), register(2, 'supplier-1')];

/** Something of the member's own network that no other member should reach through its node. */
let inside: Server;
let visits = 0;
let port: number;

beforeAll(async () => {
  writeFileSync(join(folder, 'passphrase'), PASSPHRASE, { mode: 0o600 });
  writeFileSync(join(folder, 'keys'), JSON.stringify(sealKeys(core.keys, PASSPHRASE)), { mode: 0o600 });
  inside = createServer((_, response) => {
    visits++;
    response.writeHead(302, { location: `http://127.0.0.1:${port}/again` }).end();
  });
  await new Promise<void>((resolve) => inside.listen(0, '127.0.0.1', resolve));
  ({ port } = inside.address() as AddressInfo);
});
afterAll(async () => {
  await stopNodes();
  inside.closeAllConnections();
  inside.close();
  rmSync(folder, { recursive: true });
});

/** Outside of the embedded consortium, where loopback is not the member's own. */
const start = (settings: Partial<Settings> = {}): Promise<ExchangeNode> =>
  startNode(core, {
    embedded: false,
    // No worker: each attempt is made by the test, without the pause after one that failed.
    roles: ['api'],
    keysFile: join(folder, 'keys'),
    keysPassphraseFile: join(folder, 'passphrase'),
    ...settings,
  });

/** What a delivery to `endpoint` fails with. */
async function failureOf(node: ExchangeNode, endpoint: string): Promise<string> {
  await node.query('TRUNCATE exchange_outbox');
  supplier.endpoint = endpoint;
  await node.know([core, supplier]);
  const id = await node.app
    .get(UnitOfWork)
    .run(() =>
      node.app.get(Exchange, { strict: false }).send({ to: 2, type: 'test.note', object: OBJECT, body: { text: 'x' } }),
    );
  const outbox = node.app.get(Outbox, { strict: false });
  await outbox.release(node.head.current().number, []);
  const [claimed] = await outbox.claim(2, 1);
  await node.app.get(Delivery, { strict: false }).attempt(claimed!);
  const [row] = await node.query<{ last_error: string }>('SELECT last_error FROM exchange_outbox WHERE id = $1', [id]);
  return row!.last_error;
}

it('knocks at no door of its own network because a member names it as its endpoint, however it is written', async () => {
  const node = await start();
  for (const host of [
    '127.0.0.1',
    'localhost',
    '2130706433',
    '0x7f.1',
    '0.0.0.0',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '10.0.0.7',
    '169.254.169.254',
  ])
    expect([host, await failureOf(node, `http://${host}:${port}`)]).toEqual([
      host,
      expect.stringMatching(/is not a public address$/),
    ]);
  for (const place of [`ftp://127.0.0.1:${port}`, `http://user:secret@127.0.0.1:${port}`, 'file:///etc/passwd'])
    expect(await failureOf(node, place)).toMatch(/^it is (neither https nor http|more than a place)$/);
  expect(visits).toBe(0);
});

it('does where the operator listed the network, and follows no redirect', async () => {
  const node = await start({ exchangeNetworks: ['127.0.0.0/8'] });
  expect(await failureOf(node, `http://127.0.0.1:${port}`)).toBe('HTTP_302');
  expect(visits).toBe(1);
});
