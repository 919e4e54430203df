import { Module } from '@nestjs/common';
import { Interface } from 'ethers';
import type pg from 'pg';
import type { Answer } from '../../../scripts/demo/client.js';
import { publicKeysOf } from '../../../scripts/consortium/keys.js';
import { publicParts } from '../../../scripts/keys/public-parts.js';
import { prepare } from '../../../scripts/keys/rotation.js';
import { rpc } from '../../../scripts/embedded/rpc.js';
import { testConfig } from '../../../test/support/config.js';
import { eventually } from '../../../test/support/eventually.js';
import { refusalOf, startNodes, type TestNode, type TestNodes } from '../../../test/support/nodes.js';
import { ChainModule, Keyring, RegistryDomains } from '../chain/index.js';
import type { MemberKeys } from '../config/index.js';
import { PG_POOL, UnitOfWork } from '../database/index.js';
import { EventsModule } from '../events/index.js';
import { chainChecksum } from '../indexer/chain-checksum.js';
import { IndexHead, ProjectionRegistry } from '../indexer/index.js';
import { IndexerModule } from '../indexer/indexer.module.js';
import { wipeChainTables } from '../indexer/wipe-chain-tables.js';
import { EVENT_NAMES } from '../kernel/contract-events.generated.js';
import type { Hex } from '../kernel/hex.js';
import { Problem } from '../kernel/problem.js';
import { SubmissionsModule } from '../submissions/index.js';
import { Members, MembersModule, OneTimeAccounts, Parties } from './index.js';
import { Directory } from './queries/directory.js';

@Module({})
class NoOtherRooms {
  constructor(registry: ProjectionRegistry) {
    const others = EVENT_NAMES.filter((name) => registry.of(name).length === 0);
    registry.ignore(Object.fromEntries(others.map((name) => [name, 'not in this test'])));
  }
}

const rooms = [ChainModule, IndexerModule, SubmissionsModule, EventsModule, MembersModule, NoOtherRooms];
const VOTERS = ['core', 'supplier-1', 'supplier-2', 'bank-a', 'bank-b'] as const;
const OBJECT = `0x${'0b'.repeat(32)}` as Hex;

let nodes: TestNodes;
let core: TestNode;
/** Core's next signing key. */
let next: string;

beforeAll(async () => {
  const keysOf = (name: string, keys: MemberKeys) => {
    if (name !== 'core') return keys;
    const prepared = prepare(keys, 'signing');
    next = publicParts(prepared.next!).signing!;
    return prepared;
  };
  nodes = await startNodes(VOTERS, { rooms, settings: { parties: 'registered' }, keysOf });
  core = nodes.of('core');
  await eventually(
    () => core.client.get('/v1/members'),
    ({ status }) => status === 200,
  );
  for (const name of VOTERS) await until(() => nodes.of(name).app.get(IndexHead).current().number >= 0);
});

afterAll(() => nodes.stop());

const at = (name: string) => nodes.of(name).app;
const code = (run: Promise<unknown>) =>
  run.then(
    () => 'fine',
    (error: unknown) => (error instanceof Problem ? error.code : String(error)),
  );

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (
    const end = Date.now() + 240_000;
    !(await condition());
    await new Promise((resolve) => setTimeout(resolve, 20))
  ) {
    if (Date.now() > end) throw new Error('it did not happen in time');
  }
}

/** What another node says once it has seen as much as the answer. */
const asSeenBy = (name: string, path: string, { block }: Answer) => nodes.of(name).client.get(path, block);

describe('members', () => {
  it('are those of the genesis, with their accounts and keys', async () => {
    const { body } = await core.client.get('/v1/members');
    const items = body['items'] as Record<string, unknown>[];
    expect(items.map(({ id }) => id)).toEqual(nodes.consortium.members.map(({ name }) => name));
    for (const [index, { keys, endpoint, name }] of nodes.consortium.members.entries()) {
      const { operator, admin, keys: published } = publicKeysOf(keys);
      const listed = items[index]!['keys'] as Record<string, unknown>[];
      expect(items[index]).toMatchObject({
        number: index + 1,
        status: 'ACTIVE',
        endpoint,
        self: name === 'core',
        admin: admin.toLowerCase(),
      });
      expect(listed.map(({ kind, publicKey }) => [kind, publicKey])).toEqual([
        ['OPERATOR', null],
        ['MESSAGE_SIGNING', published[0]!.publicKey],
        ['MESSAGE_ENCRYPTION', published[1]!.publicKey],
        ['TAG', published[2]!.publicKey],
      ]);
      expect(listed[0]!['id']).toBe(operator.toLowerCase());
      expect(listed[3]!['number']).toBe(1);
    }
  });

  it('come in pages, and one by one', async () => {
    const seen: unknown[] = [];
    for (let cursor = ''; ;) {
      const { body } = await core.client.get(`/v1/members?limit=3${cursor}`);
      seen.push(...(body['items'] as { id: string }[]).map(({ id }) => id));
      if (body['nextCursor'] === null) break;
      cursor = `&cursor=${String(body['nextCursor'])}`;
    }
    expect(seen).toHaveLength(7);
    expect((await core.client.get('/v1/members/bank-a')).body).toMatchObject({ roles: ['LENDER'], chamber: 'LENDERS' });
    expect(refusalOf(await core.client.get('/v1/members/nobody'))).toEqual([404, 'MEMBER_UNKNOWN']);
  });

  it('may begin things by role', async () => {
    const members = at('core').get(Members, { strict: false });
    const bank = await members.byName('bank-a');
    expect(() => members.requireMayBegin(bank, 'LENDER')).not.toThrow();
    expect(() => members.requireMayBegin(bank, 'SUPPLIER')).toThrow('MEMBER_MISSING_ROLE');
    expect(() => members.requireMayBegin({ ...bank, active: false }, 'LENDER')).toThrow('MEMBER_NOT_ACTIVE');
  });
});

describe('a proposal', () => {
  const propose = async (body: Record<string, unknown>) =>
    core.client.post('/v1/proposals', { reason: 'because', ...body });

  it('passes by two thirds of each chamber, not by suppliers alone, and takes effect when executed', async () => {
    const made = await propose({ kind: 'SUSPEND', member: 'carrier' });
    expect(made).toMatchObject({
      status: 201,
      body: { kind: 'SUSPEND', status: 'VOTING', proposer: 'core', what: { member: 6 } },
    });
    const id = String(made.body['id']);
    expect(made.body).toMatchObject({ reason: 'because' });
    expect((await asSeenBy('bank-a', `/v1/proposals/${id}`, made)).body['reason']).toBeNull();
    let last: Answer = made;
    const vote = async (name: string, approve = true) => {
      await nodes.of(name).client.get('/v1/members', last.block);
      last = await nodes.of(name).client.post(`/v1/proposals/${id}/votes`, { approve });
      expect(last.status).toBe(201);
    };
    for (const name of ['supplier-1', 'supplier-2']) await vote(name);
    expect(last.body['status']).toBe('VOTING');
    expect(refusalOf(await nodes.of('supplier-1').client.post(`/v1/proposals/${id}/execution`))).toEqual([
      409,
      'PROPOSAL_NOT_PASSED',
    ]);
    expect(refusalOf(await nodes.of('supplier-1').client.post(`/v1/proposals/${id}/votes`, { approve: true }))).toEqual(
      [409, 'PROPOSAL_ALREADY_VOTED'],
    );
    for (const name of ['bank-a', 'bank-b', 'core']) await vote(name);
    expect(last.body).toMatchObject({
      status: 'PASSED',
      votes: expect.arrayContaining([{ member: 'bank-a', approve: true }]) as unknown,
    });
    expect(last.body['chambers']).toEqual([
      { chamber: 'CORE_ENTERPRISES', voters: 1, approvals: 1, needed: 1 },
      { chamber: 'SUPPLIERS', voters: 2, approvals: 2, needed: 2 },
      { chamber: 'LENDERS', voters: 2, approvals: 2, needed: 2 },
    ]);
    const executed = await core.client.post(`/v1/proposals/${id}/execution`);
    expect(executed).toMatchObject({ status: 201, body: { status: 'EXECUTED' } });
    expect((await asSeenBy('bank-b', '/v1/members/carrier', executed)).body).toMatchObject({
      status: 'SUSPENDED',
      version: 3,
    });
  });

  it('can admit a member, and lists newest first', async () => {
    const admin = `0x${'ad'.repeat(20)}`;
    const what = {
      name: 'supplier-3',
      admin,
      roles: ['SUPPLIER', 'CARRIER'],
      chamber: 'SUPPLIERS',
      endpoint: 'https://s3.example',
    };
    const made = await propose({ kind: 'ADMIT', ...what });
    expect(made.body['what']).toEqual({
      admin,
      roles: 10,
      chamber: 2,
      name: 'supplier-3',
      endpoint: 'https://s3.example',
    });
    const page = (await core.client.get('/v1/proposals?limit=1')).body;
    expect((page['items'] as { id: string }[])[0]!.id).toBe(made.body['id']);
    const next = (await core.client.get(`/v1/proposals?limit=1&cursor=${String(page['nextCursor'])}`)).body;
    expect((next['items'] as { kind: string }[])[0]!.kind).toBe('SUSPEND');
  });

  it('is refused when it could not be executed, when unknown, and to who may not', async () => {
    expect(refusalOf(await propose({ kind: 'REINSTATE', member: 'core' }))).toEqual([409, 'MEMBER_NOT_SUSPENDED']);
    expect(refusalOf(await propose({ kind: 'SUSPEND', member: 'nobody' }))).toEqual([404, 'MEMBER_UNKNOWN']);
    expect(refusalOf(await propose({ kind: 'DISSOLVE' }))).toEqual([400, 'REQUEST_INVALID']);
    expect(refusalOf(await core.client.get(`/v1/proposals/${OBJECT}`))).toEqual([404, 'PROPOSAL_UNKNOWN']);
    const desk = await core.clientWith('ORDER_DESK', 'SUPPLIER_DESK', 'LENDER_DESK', 'AUDITOR');
    expect(refusalOf(await desk.post('/v1/proposals', { kind: 'SUSPEND', member: 'carrier', reason: 'x' }))).toEqual([
      403,
      'FORBIDDEN',
    ]);
  });
});

describe('legal entities', () => {
  /** The execution of a proposal that every member approves. */
  const carried = async (made: Answer): Promise<Answer> => {
    expect(refusalOf(made)).toEqual([201, undefined]);
    const path = `/v1/proposals/${String(made.body['id'])}`;
    let last = made;
    for (const name of VOTERS) {
      await asSeenBy(name, path, last);
      last = await nodes.of(name).client.post(`${path}/votes`, { approve: true });
      expect(refusalOf(last)).toEqual([201, undefined]);
    }
    await asSeenBy('core', path, last);
    return core.client.post(`${path}/execution`);
  };

  const parties = (name: string) => at(name).get(Parties, { strict: false });
  const require = (name: string, entity: string, member: number) =>
    at(name)
      .get(UnitOfWork)
      .run(() => parties(name).require(entity, member, '/buyer/id'));

  it('belong to the member that registered them, however they are written', async () => {
    const made = await core.client.post('/v1/legal-entities', { entity: '0088: 5790000000001' });
    expect(made).toMatchObject({ status: 201, body: { status: 'REGISTERED' } });
    await asSeenBy('bank-a', '/v1/members', made);
    for (const name of ['core', 'bank-a']) {
      expect(await require(name, '0088:5790000000001', 1)).toEqual({ member: 1, source: 'REGISTERED' });
      expect(await code(require(name, '0088:5790000000001', 2))).toBe('DOCUMENT_PARTY_MISMATCH');
      expect(await code(require(name, '0088:5790000000002', 1))).toBe('DOCUMENT_PARTY_MISMATCH');
    }
    const again = await nodes.of('bank-a').client.post('/v1/legal-entities', { entity: '0088:5790000000001' });
    expect(refusalOf(again)).toEqual([409, 'MEMBER_ENTITY_TAKEN']);
  });

  it('are taken by vote from who registered them first, and given to whose they are', async () => {
    const entity = '0088:5790000000003';
    const wrong = await nodes.of('bank-a').client.post('/v1/legal-entities', { entity });
    expect(wrong).toMatchObject({ status: 201, body: { status: 'REGISTERED', member: 'bank-a' } });
    await asSeenBy('core', '/v1/members', wrong);
    const what = { kind: 'REMOVE_ENTITY', reason: 'it is supplier-1', entity: '0088: 5790000000003' };
    const removal = { ...what, member: 'bank-a', newMember: 'supplier-1' };
    expect(refusalOf(await core.client.post('/v1/proposals', { ...removal, member: 'bank-b' }))).toEqual([
      409,
      'MEMBER_ENTITY_NOT_HELD',
    ]);
    const made = await core.client.post('/v1/proposals', removal);
    const executed = await carried(made);
    const known = await asSeenBy('bank-b', `/v1/legal-entities?entity=${entity}`, executed);
    expect(known.body).toEqual({ id: wrong.body['id'], status: 'REGISTERED', member: 'supplier-1' });
    expect(made.body['what']).toEqual({ entity: wrong.body['id'], member: 4, newMember: 2 });
    expect(await require('bank-b', entity, 2)).toEqual({ member: 2, source: 'REGISTERED' });
    await asSeenBy('bank-a', '/v1/members', executed);
    const freed = await carried(
      await core.client.post('/v1/proposals', { ...what, member: 'supplier-1', reason: 'nor is it' }),
    );
    const free = await asSeenBy('bank-a', `/v1/legal-entities?entity=${entity}`, freed);
    expect(free.body).toMatchObject({ status: 'FREE', member: null });
    expect(refusalOf(await nodes.of('bank-a').client.post('/v1/legal-entities', { entity }))).toEqual([
      409,
      'MEMBER_ENTITY_LOST',
    ]);
    const config = testConfig({ databaseUrl: core.databaseUrl, parties: 'learn' });
    const unit = at('core').get(UnitOfWork);
    const learner = new Parties(unit, at('core').get(RegistryDomains), config);
    expect(await code(unit.run(() => learner.require(entity, 4, '/x')))).toBe('DOCUMENT_PARTY_MISMATCH');
  });

  it('are learnt at first use where the settings say so, and then nobody else’s', async () => {
    const config = testConfig({ databaseUrl: core.databaseUrl, parties: 'learn' });
    const learner = new Parties(at('core').get(UnitOfWork), at('core').get(RegistryDomains), config);
    const unit = at('core').get(UnitOfWork);
    const learn = (entity: string, member: number) => unit.run(() => learner.require(entity, member, '/seller/id'));
    const claims = await Promise.all(
      [1, 2, 3, 4].map((member) =>
        learn('GLN:7', member).then(
          ({ source }) => source,
          () => 'refused',
        ),
      ),
    );
    expect(claims.sort()).toEqual(['LEARNT', 'refused', 'refused', 'refused']);
    expect(await code(unit.run(() => learner.require('0088:5790000000001', 2, '/x')))).toBe('DOCUMENT_PARTY_MISMATCH');
    const undone = unit.run(async () => {
      await learner.require('GLN:8', 1, '/x');
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(await learn('gln: 8', 2)).toEqual({ member: 2, source: 'LEARNT' });
    expect(await learner.of('GLN:9')).toBeNull();
  });
});

describe('one-time accounts', () => {
  const accounts = (name: string) => at(name).get(OneTimeAccounts, { strict: false });

  it('are certified by an operator, and checked by anybody', async () => {
    const certificate = await accounts('bank-a').certify(OBJECT);
    expect(certificate).toMatchObject({
      member: 4,
      object: OBJECT,
      account: at('bank-a').get(Keyring).oneTime(OBJECT).address,
    });
    const { operator } = at('bank-a').get(Keyring);
    expect(await accounts('core').check(certificate)).toEqual({ operator: operator.address, inDoubt: false });
  });

  it('are nobody’s when the certificate is changed, forged or early', async () => {
    const certificate = await accounts('bank-a').certify(OBJECT);
    const forged = await accounts('bank-b').certify(OBJECT);
    const checks = [
      accounts('core').check({ ...certificate, member: 5 }),
      accounts('core').check({ ...certificate, object: `0x${'0c'.repeat(32)}` }),
      accounts('core').check({ ...certificate, account: forged.account }),
      accounts('core').check({ ...certificate, signature: forged.signature }),
      accounts('core').check({ ...certificate, signature: `0x${'00'.repeat(65)}` }),
      accounts('core').check(certificate, 0),
    ];
    for (const check of checks) expect(await code(check)).toBe('ONE_TIME_ACCOUNT_UNCERTIFIED');
  });
});

describe('keys', () => {
  it('are added and revoked by the member itself, from a block on', async () => {
    const publicKey = next;
    const added = await core.client.post('/v1/keys', { kind: 'MESSAGE_SIGNING', publicKey });
    expect(added).toMatchObject({
      status: 201,
      body: { member: 'core', kind: 'MESSAGE_SIGNING', publicKey, status: 'LIVE' },
    });
    const id = String(added.body['id']);
    const since = Number(added.body['addedAtBlock']);
    const revoked = await core.client.post(`/v1/keys/${id}/revocation`, { inDoubtFrom: since });
    expect(revoked).toMatchObject({ status: 201, body: { status: 'REVOKED', version: 2, inDoubtFromBlock: since } });
    expect((await asSeenBy('bank-b', `/v1/keys/${id}`, revoked)).body).toEqual(revoked.body);
    expect(refusalOf(await core.client.post(`/v1/keys/${id}/revocation`))).toEqual([409, 'KEY_ALREADY_REVOKED']);
  });

  it('are not another member’s to revoke', async () => {
    const bank = (await core.client.get('/v1/members/bank-a')).body['keys'] as { id: string }[];
    expect(refusalOf(await core.client.post(`/v1/keys/${bank[0]!.id}/revocation`))).toEqual([
      403,
      'MEMBER_UNKNOWN_OPERATOR',
    ]);
    expect(refusalOf(await core.client.post(`/v1/keys/${bank[1]!.id}/revocation`))).toEqual([404, 'KEY_UNKNOWN']);
    expect(refusalOf(await core.client.post('/v1/keys/0x12/revocation'))).toEqual([400, 'HEX_MALFORMED']);
  });

  it('of an operator count for what was certified before they were revoked', async () => {
    const certificate = await at('bank-b').get(OneTimeAccounts, { strict: false }).certify(OBJECT);
    const before = at('core').get(IndexHead).current().number;
    const { address } = at('bank-b').get(Keyring).operator;
    const revoked = await nodes.of('bank-b').client.post(`/v1/keys/${address}/revocation`, { inDoubtFrom: before });
    expect(revoked).toMatchObject({ status: 201, body: { kind: 'OPERATOR', status: 'REVOKED' } });
    await asSeenBy('core', '/v1/members', revoked);
    const checks = at('core').get(OneTimeAccounts, { strict: false });
    expect(await checks.check(certificate, before)).toEqual({ operator: address, inDoubt: true });
    expect(await code(checks.check(certificate))).toBe('ONE_TIME_ACCOUNT_UNCERTIFIED');
    const forged = { ...certificate, object: `0x${'0c'.repeat(32)}` } as const;
    const said = (of: typeof certificate) => Promise.all([checks.stands(of), checks.isPast(of)]);
    expect(await said(certificate)).toEqual([false, true]);
    expect(await said(forged)).toEqual([false, false]);
    const ofLive = await at('bank-a').get(OneTimeAccounts, { strict: false }).certify(OBJECT);
    expect(await said(ofLive)).toEqual([true, false]);
  });
});

// After all that is sent: it takes a block back.
it('reads members again when one changed or a change was taken back, and not at each block', async () => {
  const { url } = nodes.anvil;
  const { MemberRegistry } = nodes.consortium.deployment.contracts;
  const directory = at('core').get(Directory, { strict: false });
  const endpoint = async () => (await directory.current()).byName.get('supplier-2')!.endpoint;
  /** Until what is the last block now is indexed. */
  const indexed = async () => {
    const { hash } = await rpc<{ hash: string }>(url, 'eth_getBlockByNumber', ['latest', false]);
    await until(() => at('core').get(IndexHead).current().hash === hash);
  };
  await indexed();
  const before = await directory.current();
  await rpc(url, 'anvil_mine', ['0x3']);
  await indexed();
  expect((await directory.current()) === before).toBe(true);

  const { admin } = before.byName.get('supplier-2')!;
  const data = new Interface(['function setEndpoint(string)']).encodeFunctionData('setEndpoint', ['https://new.test']);
  await rpc(url, 'anvil_impersonateAccount', [admin]);
  await rpc(url, 'eth_sendTransaction', [{ from: admin, to: MemberRegistry.address, data, gasPrice: '0x0' }]);
  await until(async () => (await endpoint()) === 'https://new.test');
  // The changed one is of the block that goes.
  await rpc(url, 'anvil_reorg', [1, []]);
  await until(async () => (await endpoint()) === before.byName.get('supplier-2')!.endpoint);
  await indexed();
});

it('keeps tables that a replay fills with the identical content', async () => {
  const pool = at('core').get<pg.Pool>(PG_POOL);
  const head = at('core').get(IndexHead);
  const { number } = head.current();
  const ours = ['chain_members', 'chain_accounts', 'chain_keys', 'chain_entities', 'chain_proposals', 'chain_votes'];
  const ourChecksums = async () => (await chainChecksum(pool)).filter(({ table }) => ours.includes(table));
  const before = await ourChecksums();
  expect(before.map(({ table, rows }) => [table, rows > 0])).toEqual(ours.sort().map((table) => [table, true]));
  await wipeChainTables(pool);
  const same = async () => JSON.stringify(await ourChecksums()) === JSON.stringify(before);
  await until(async () => head.current().number >= number && (await same()));
  expect(await ourChecksums()).toEqual(before);
});
