import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../../../node/src/config/index.js';
import { AddressRules, PlaceRefused } from '../../../node/src/outbound/index.js';
import type { Patient } from '../patient.js';
import { askStanding } from './ask-standing.js';

const patient = { config: {} } as unknown as Patient;

let server: Server;
let port: number;
let asked: number;

beforeAll(async () => {
  server = createServer((_, answer) => {
    asked++;
    const more = setInterval(() => answer.write('x'.repeat(32 * 1024)), 5);
    answer.on('close', () => clearInterval(more));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  ({ port } = server.address() as AddressInfo);
});
beforeEach(() => void (asked = 0));
afterAll(() => server.close());

it('reads no more of a place that answers without end than a standing may have', async () => {
  const place = { member: 2, endpoint: `http://127.0.0.1:${port}` };
  await expect(askStanding(patient, place)).rejects.toThrow('an answer of over 65536 bytes');
});

it.each(['127.0.0.1', 'localhost'])('asks no other member’s node at %s, where no letters are sent', async (host) => {
  const place = { member: 2, endpoint: `http://${host}:${port}` };
  const ask = (embedded: boolean) => askStanding(patient, place, new AddressRules({ networks: [], embedded }));
  await expect(ask(false)).rejects.toBeInstanceOf(PlaceRefused);
  expect(asked).toBe(0);
  await expect(ask(true)).rejects.toThrow('an answer of over 65536 bytes');
});

it('asks no other member’s node in the clear where nodes have certificates', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'tradeproof-asked-'));
  try {
    const [exchangeTlsCert, exchangeTlsKey, exchangeTlsCa] = ['cert', 'key', 'ca'].map((name) => join(dir, name));
    for (const path of [exchangeTlsCert!, exchangeTlsKey!, exchangeTlsCa!]) writeFileSync(path, '', { mode: 0o600 });
    const config = { exchangeTlsCert, exchangeTlsKey, exchangeTlsCa } as Config;
    const place = { member: 2, endpoint: `http://127.0.0.1:${port}` };
    const rules = new AddressRules({ networks: [], embedded: true });
    await expect(askStanding({ config } as Patient, place, rules)).rejects.toThrow('plain http where nodes have');
    expect(asked).toBe(0);
  } finally {
    rmSync(dir, { recursive: true });
  }
});
