import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testConfig } from '../../../test/support/config.js';
import { makeAuthority, type Pem } from '../../../test/support/certificates.js';
import { checkCertificates } from './certificates.js';

const dir = mkdtempSync(join(tmpdir(), 'tradeproof-doctor-tls-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** What is told of the authorities of a node with this certificate that believes these. */
async function toldOf({ cert, key }: Pem, ...believed: readonly string[]): Promise<string[]> {
  const [exchangeTlsCert, exchangeTlsKey, exchangeTlsCa] = ['crt', 'key', 'ca'].map((name) => join(dir, name));
  writeFileSync(exchangeTlsCert!, cert);
  writeFileSync(exchangeTlsKey!, key, { mode: 0o600 });
  writeFileSync(exchangeTlsCa!, believed.join(''));
  const config = testConfig({
    exchangeTlsCert,
    exchangeTlsKey,
    exchangeTlsCa,
    databaseUrl: 'postgres://localhost/none',
  });
  const findings = await checkCertificates({ config } as never);
  return findings.slice(1).map(({ verdict, fact, advice = '' }) => `${verdict}: ${fact}; ${advice}`);
}

const ended = makeAuthority('ours', -1);
const [renewed, theirs] = [makeAuthority('ours', 400), makeAuthority('theirs', 400)];

it('fails over an authority that has expired when this node’s certificate is of it', async () => {
  const own = ended.issue('core', [], { days: 90 });
  const failed = expect.stringMatching(/^failure: the authority ours expired on .*; get the new one of the authority/);
  const fine = expect.stringMatching(/^ok: the authority/);
  expect(await toldOf(own, ended.cert, theirs.cert)).toEqual([failed, fine]);
  // One of the same name, of another key, did not issue it.
  expect(await toldOf(own, ended.cert, renewed.cert)).toEqual([failed, fine]);
});

it('warns of one that has expired when this node’s certificate is of another', async () => {
  const left = expect.stringMatching(/^warning: the authority ours expired on .*; take it out/);
  for (const authority of [theirs, renewed])
    expect(await toldOf(authority.issue('core', [], { days: 90 }), ended.cert, authority.cert)).toEqual([
      left,
      expect.stringMatching(/^ok: the authority/),
    ]);
});

it('fails when none is left', async () => {
  expect(await toldOf(theirs.issue('core', []), ended.cert)).toEqual([
    expect.stringMatching(/^failure: .*; get the new/),
  ]);
});

it('calls an authority by its own name before that of whose it is', async () => {
  const named = makeAuthority('Issuing CA 2', 400, 'Chamber of Commerce');
  expect(await toldOf(named.issue('core', []), named.cert)).toEqual([
    expect.stringMatching(/^ok: the authority Issuing CA 2 is valid/),
  ]);
});
