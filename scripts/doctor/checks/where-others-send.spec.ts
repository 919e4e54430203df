import { hostname } from 'node:os';
import { whereOthersSend } from './where-others-send.js';

type Settings = Parameters<typeof whereOthersSend>[1];

const abroad: Settings = { exchangeNetworks: [], embedded: false };
const embedded: Settings = { exchangeNetworks: [], embedded: true };
const own: Settings = { exchangeNetworks: ['10.1.0.0/16', '127.0.0.0/8', '::1/128'], embedded: false };

async function toldOf(endpoint: string, settings = abroad): Promise<string | undefined> {
  const finding = await whereOthersSend('endpoint', settings, endpoint);
  if (finding) expect(finding.advice).toBeTruthy();
  return finding && `${finding.verdict}: ${finding.fact}`;
}

it.each([
  ['http://127.0.0.1:3000', '127.0.0.1 is not a public address'],
  ['http://localhost:3000', '127.0.0.1 is not a public address'],
  ['https://core.localhost', '127.0.0.1 is not a public address'],
  ['http://10.0.0.5:3000', '10.0.0.5 is not a public address'],
  ['https://10.0.0.5:3000', '10.0.0.5 is not a public address'],
  ['http://93.184.216.34:3000', 'plain http to a public address'],
  ['https://core.example?of=core', 'it is more than a place'],
  ['core.example', 'it is no URL'],
  ['ftp://core.example', 'it is neither https nor http'],
])('no node sends to %s: %s', async (endpoint, why) => {
  expect(await toldOf(endpoint)).toBe(`failure: the registry has ${endpoint}, to which no node sends: ${why}`);
});

it.each([
  ['https://core.example', abroad],
  ['https://93.184.216.34:8443/node', abroad],
  ['http://127.0.0.1:3000', embedded],
  ['http://localhost:3000', embedded],
  ['http://[::1]:3000', embedded],
  ['http://10.1.2.3:3000', own],
  ['http://127.0.0.1:3000', own],
  ['http://nobody.invalid:3000', own],
])('says nothing against %s: %#', async (endpoint, settings) => {
  expect(await toldOf(endpoint, settings)).toBeUndefined();
});

it('warns of plain http to a name that is not in its networks, and of no name that is spoken to by https', async () => {
  // The one name that is known wherever this runs.
  const name = hostname();
  const said = await toldOf(`http://${name}:3000`);
  expect(said).toMatch(
    /^warning: the registry has http:\/\/.*, to which a node sends only if that is in a network of its/,
  );
  expect(await toldOf(`https://${name}:3000`)).toBeUndefined();
  const everywhere = { exchangeNetworks: ['0.0.0.0/0', '::/0'], embedded: false };
  expect(await toldOf(`http://${name}:3000`, everywhere)).toBeUndefined();
});
