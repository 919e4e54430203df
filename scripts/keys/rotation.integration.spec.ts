import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { encryptKeystoreJsonSync, Wallet } from 'ethers';
import { startAnvil } from '../../test/support/anvil.js';
import { testApi, type TestApi } from '../../test/support/api.js';
import { deployTo, type TestConsortium } from '../../test/support/deployment.js';
import { eventually } from '../../test/support/eventually.js';
import { refusalOf } from '../../test/support/nodes.js';
import { testDatabase } from '../../test/support/postgres.js';
import type { Settings } from '../../node/src/config/index.js';
import { ChainModule, Contracts, Keyring } from '../../node/src/chain/index.js';
import { EventsModule } from '../../node/src/events/index.js';
import { ProjectionRegistry } from '../../node/src/indexer/index.js';
import { IndexerModule } from '../../node/src/indexer/indexer.module.js';
import { EVENT_NAMES } from '../../node/src/kernel/contract-events.generated.js';
import type { Hex } from '../../node/src/kernel/hex.js';
import { MembersModule } from '../../node/src/members/index.js';
import { SubmissionsModule } from '../../node/src/submissions/index.js';
import { type Answer, type Json, MemberClient } from '../demo/client.js';
import { makeMemberKeys } from '../consortium/keys.js';
import type { Anvil } from '../embedded/anvil.js';
import { rpc } from '../embedded/rpc.js';
import { publicParts } from './public-parts.js';
import { runKeys } from './run.js';

@Module({})
class NoOtherRooms {
  constructor(registry: ProjectionRegistry) {
    const others = EVENT_NAMES.filter((name) => registry.of(name).length === 0);
    registry.ignore(Object.fromEntries(others.map((name) => [name, 'not in this test'])));
  }
}

const rooms = [ChainModule, IndexerModule, SubmissionsModule, EventsModule, MembersModule, NoOtherRooms];

/** A member as it is outside of the embedded consortium: sealed keys, and the admin key on no node. */
const folder = mkdtempSync(join(tmpdir(), 'tradeproof-rotation-'));
const place = (name: string) => join(folder, name);
const options = {
  'keys-file': place('keys'),
  'passphrase-file': place('passphrase'),
  'admin-keystore': place('admin'),
};

let anvil: Anvil;
let consortium: TestConsortium;
let database: Awaited<ReturnType<typeof testDatabase>>;
let api: TestApi;
let client: MemberClient;

beforeAll(async () => {
  [anvil, database] = await Promise.all([startAnvil(), testDatabase()]);
  consortium = await deployTo(anvil.url);
  const { admin, ...keys } = consortium.members[0]!.keys;
  writeFileSync(place('passphrase'), 'correct horse battery\n', { mode: 0o600 });
  writeFileSync(options['keys-file'], JSON.stringify(keys), { mode: 0o600 });
  const { address, privateKey } = new Wallet(admin!);
  const keystore = encryptKeystoreJsonSync({ address, privateKey }, 'correct horse battery', {
    scrypt: { N: 1024, r: 8, p: 1 },
  });
  writeFileSync(options['admin-keystore'], keystore, { mode: 0o600 });
  writeFileSync(place('deployment.json'), JSON.stringify(consortium.deployment));
  await runKeys(['seal'], options);
});

afterAll(async () => {
  await api?.stop();
  await Promise.all([anvil.stop(), database.drop()]);
  rmSync(folder, { recursive: true });
});

async function start(settings: Partial<Settings> = {}): Promise<void> {
  await api?.stop();
  api = await testApi(rooms, {
    member: 'core',
    embedded: false,
    rpcUrls: [anvil.url],
    chainId: anvil.chainId,
    deployment: place('deployment.json'),
    keysFile: options['keys-file'],
    keysPassphraseFile: options['passphrase-file'],
    databaseUrl: database.url,
    ...settings,
  });
  await api.app.listen(0, '127.0.0.1');
  const apiKey = (await api.bearer('ADMIN', 'ORDER_DESK')).replace('Bearer ', '');
  const url = await api.app.getUrl();
  client = new MemberClient({ name: 'core', role: 'CORE_ENTERPRISE', url, apiKey, account: '' } as never);
  await eventually(
    () => client.get('/v1/members/core'),
    ({ status }) => status === 200,
  );
}

/** What the node says that the admin has to send, signed without the node and handed to the chain. */
async function signedElsewhere(refused: Answer): Promise<void> {
  expect(refusalOf(refused)).toEqual([409, 'ADMIN_KEY_COLD']);
  const { to, data } = refused.body['facts'] as { to: string; data: string };
  const admin = (await client.get('/v1/members/core')).body['admin'];
  const nonce = String(Number(await rpc(anvil.url, 'eth_getTransactionCount', [admin, 'latest'])));
  const raw = await runKeys(['sign'], { ...options, to, data, nonce, 'chain-id': String(anvil.chainId) });
  await rpc(anvil.url, 'eth_sendRawTransaction', [raw]);
}

const keyIs = (id: string, status: string): Promise<Answer> =>
  eventually(
    () => client.get(`/v1/keys/${id}`),
    (answer) => answer.body['status'] === status,
  );

/** An act that the operator sends. */
const suspend = (member: string) => ({ kind: 'SUSPEND', member, reason: 'because' });

const operatorNow = (): string => api.app.get(Keyring).operator.address;

it('replaces the operator: registered, switched to, the old one’s work finished, revoked with doubt', async () => {
  const shown = JSON.parse(await runKeys(['next', 'operator'], options)) as { operator: string; next: Json };
  const [former, next] = [shown.operator, String(shown.next['operator'])];
  await start();
  expect(operatorNow()).toBe(former);
  await signedElsewhere(await client.post('/v1/keys', { kind: 'OPERATOR', account: next }));
  expect((await keyIs(next, 'LIVE')).body).toMatchObject({ member: 'core', kind: 'OPERATOR' });

  // Work that the old operator began and no process has signed yet.
  await start({ roles: ['api', 'indexer'] });
  const begun = await client.call('POST', '/v1/proposals', { body: suspend('carrier'), wait: 0 });
  expect(begun.status).toBe(202);
  const submission = (begun.body['submission'] as Json)['id'] as string;

  const switched = JSON.parse(await runKeys(['switch', 'operator'], options)) as Json;
  expect(switched).toMatchObject({ operator: next });
  await start();
  expect(operatorNow()).toBe(next);
  const included = await eventually(
    () => client.get(`/v1/submissions/${submission}`),
    ({ body }) => body['status'] === 'INCLUDED',
  );
  expect(included.body).toMatchObject({ status: 'INCLUDED', account: former });
  expect((await client.post('/v1/proposals', suspend('auditor'))).status).toBe(201);

  const since = Number(included.body['block']);
  await signedElsewhere(await client.post(`/v1/keys/${former}/revocation`, { inDoubtFrom: since }));
  expect((await keyIs(former, 'REVOKED')).body).toMatchObject({ inDoubtFromBlock: since });
  expect((await client.post('/v1/proposals', suspend('bank-b'))).status).toBe(201);
});

it('registers no account and no key whose secret is not here, nor the present account again', async () => {
  await start();
  const stranger = Wallet.createRandom().address.toLowerCase();
  expect(refusalOf(await client.post('/v1/keys', { kind: 'OPERATOR', account: stranger }))).toEqual([
    409,
    'OPERATOR_KEY_ELSEWHERE',
  ]);
  expect(refusalOf(await client.post('/v1/keys', { kind: 'OPERATOR', account: 'me' }))).toEqual([
    400,
    'REQUEST_INVALID',
  ]);
  const { messageSigning, messageEncryption, tag } = makeMemberKeys();
  const publicKeys = publicParts({ messageSigning, messageEncryption, tag });
  for (const [kind, publicKey] of [
    ['MESSAGE_SIGNING', publicKeys.signing],
    ['MESSAGE_ENCRYPTION', publicKeys.encryption],
    ['TAG', publicKeys.tag],
  ])
    expect(refusalOf(await client.post('/v1/keys', { kind, publicKey }))).toEqual([409, 'KEY_ELSEWHERE']);
  // The present one: the admin could sign it, and the chain would not have it.
  const again = await client.post('/v1/keys', { kind: 'OPERATOR', account: operatorNow() });
  expect(refusalOf(again)).toEqual([409, 'ADMIN_KEY_COLD']);
  const from = (await client.get('/v1/members/core')).body['admin'];
  const call = { from, ...(again.body['facts'] as Json) };
  const revert = await rpc<Hex>(anvil.url, 'eth_call', [call, 'latest']).catch(
    ({ revertData }: { revertData: Hex }) => revertData,
  );
  expect(api.app.get(Contracts).problem(revert)).toMatchObject({ code: 'MEMBER_ACCOUNT_TAKEN' });
});

it.each([['signing'], ['encryption'], ['tag']])(
  'replaces the %s key',
  async (kind) => {
    const name = { signing: 'MESSAGE_SIGNING', encryption: 'MESSAGE_ENCRYPTION', tag: 'TAG' }[kind];
    const { next } = JSON.parse(await runKeys(['next', kind], options)) as { next: Record<string, string> };
    const register = () => client.post('/v1/keys', { kind: name, publicKey: next[kind] });
    // The process has read the file as it was before.
    expect(refusalOf(await register())).toEqual([409, 'KEY_ELSEWHERE']);
    await start();
    await signedElsewhere(await register());
    const listed = await eventually(
      () => client.get('/v1/members/core'),
      ({ body }) => JSON.stringify(body['keys']).includes(next[kind]!),
    );
    expect(listed.body['keys']).toContainEqual(expect.objectContaining({ kind: name, publicKey: next[kind] }));
    expect(JSON.parse(await runKeys(['switch', kind], options))).toMatchObject({ [kind]: next[kind] });
  },
  300_000,
);
