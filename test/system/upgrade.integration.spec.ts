import { readFileSync, writeFileSync } from 'node:fs';
import { Interface, Wallet } from 'ethers';
import { openPool } from '../../node/src/database/index.js';
import { ChainClient } from '../../node/src/chain/index.js';
import { readDeployment } from '../../node/src/config/index.js';
import type { Hex } from '../../node/src/kernel/hex.js';
import { encodePayload } from '../../node/src/members/domain/proposals.js';
import { type Artifact, loadArtifacts, type Registry } from '../../scripts/deploy/artifacts.js';
import { checkImplementation } from '../../scripts/deploy/check-implementation.js';
import { deployImplementation, type UpgradeProposal } from '../../scripts/deploy/implementation.js';
import { recordImplementation } from '../../scripts/deploy/record-implementation.js';
import type { MemberClient } from '../../scripts/demo/client.js';
import { checkUpgrades } from '../../scripts/doctor/checks/upgrades.js';
import { rpc } from '../../scripts/embedded/rpc.js';
import { eventually } from '../support/eventually.js';
import { startNodes, type TestNodes } from '../support/nodes.js';
import { callAs } from '../support/on-chain.js';
import { orderOf } from './support/orders.js';

/** Two thirds of each chamber: the one core enterprise, both suppliers, both lenders. */
const VOTERS = ['core', 'supplier-1', 'supplier-2', 'bank-a', 'bank-b'];
const IMPLEMENTATION_SLOT = '0x360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc';

let nodes: TestNodes;
let core: MemberClient;

beforeAll(async () => {
  nodes = await startNodes(VOTERS);
  core = nodes.of('core').client;
});
afterAll(() => nodes.stop());

/** The same code with another hash of its sources at its end: another release, to the chain. */
function otherRelease(name: string): Record<string, Artifact> {
  const artifacts: Record<string, Artifact> = { ...loadArtifacts() };
  const { abi, bytecode } = artifacts[name]!;
  const at = bytecode.lastIndexOf('64736f6c6343'); // "dsolcC", after the hash
  const last = bytecode[at - 1] === '0' ? '1' : '0';
  artifacts[name] = { abi, bytecode: `${bytecode.slice(0, at - 1)}${last}${bytecode.slice(at)}` };
  return artifacts;
}

/** What a verdict and a proof say of an order: the whole, and the file's kind; else the refusal. */
async function shownOf(order: string): Promise<unknown[]> {
  const [verdict, proof] = [await core.get(`${order}/verification`), await core.get(`${order}/proof`)];
  const said = (answer: typeof verdict, name: string) => [
    answer.status,
    answer.body[answer.status === 200 ? name : 'code'],
  ];
  return [...said(verdict, 'valid'), ...said(proof, 'format')];
}

async function comingAsDoctorSeesIt(): Promise<string[]> {
  const pool = openPool({ connectionString: nodes.of('core').databaseUrl, max: 1 });
  const chain = nodes.of('core').app.get(ChainClient, { strict: false });
  try {
    const found = await checkUpgrades({ pool, chain, deployment: readDeployment(nodes.deploymentFile) });
    return found.map(({ fact }) => fact);
  } finally {
    await pool.end();
  }
}

const upgradeTo = (implementation: string): string =>
  new Interface(loadArtifacts()['OrderRegistry']!.abi).encodeFunctionData('upgradeToAndCall', [implementation, '0x']);

const UNLISTED = [409, 'IMPLEMENTATION_UNKNOWN', 409, 'IMPLEMENTATION_UNKNOWN'];

const deployed = (registry: Registry, artifacts?: Record<string, Artifact>): Promise<UpgradeProposal> =>
  deployImplementation({
    ...place(),
    registry,
    deployer: Wallet.createRandom().privateKey,
    ...(artifacts && { artifacts }),
  });
const place = () => ({ rpcUrl: nodes.anvil.url, deployment: nodes.consortium.deployment });
const lower = (hex: string) => hex.toLowerCase() as Hex;

const post = (number: string) => core.postXml('/v1/orders?supplier=supplier-1', orderOf(number));

it('is voted by the members’ operators and executed, and the nodes go on without a restart', async () => {
  const { deployment } = nodes.consortium;
  const before = await post('BEFORE-THE-UPGRADE');
  expect(before.status).toBe(201);
  const ofBefore = `/v1/orders/${String(before.body['id'])}`;
  const verdictBefore = await shownOf(ofBefore);
  expect(verdictBefore).toEqual([200, expect.any(Boolean), 200, 'tradeproof-bundle']);
  const artifacts = otherRelease('OrderRegistry');
  const proposal = await deployed('OrderRegistry', artifacts);
  expect(proposal.codeHash).not.toBe(deployment.contracts.OrderRegistry.codeHash);

  const wrong = await core.post('/v1/proposals', { ...proposal, reason: 'x', codeHash: `0x${'11'.repeat(32)}` });
  expect([wrong.status, wrong.body['code']]).toEqual([422, 'PROPOSAL_CODE_MISMATCH']);
  const again = { reason: 'x', migration: upgradeTo(deployment.contracts.OrderRegistry.implementation) };
  const twice = await core.post('/v1/proposals', { ...proposal, ...again });
  expect([twice.status, twice.body['code']]).toEqual([422, 'PROPOSAL_INVALID_MIGRATION']);
  const made = await core.post('/v1/proposals', { ...proposal, reason: 'release 2' });
  expect([made.status, made.body['status']]).toEqual([201, 'VOTING']);
  const path = `/v1/proposals/${String(made.body['id'])}`;
  const early = await core.post(`${path}/execution`);
  expect([early.status, early.body['code']]).toEqual([409, 'PROPOSAL_NOT_PASSED']);
  for (const name of VOTERS) {
    const { client } = nodes.of(name);
    await eventually(
      () => client.get(path),
      ({ status }) => status === 200,
    );
    const { body } = await client.get(path);
    const voted = (body['votes'] as { member: string }[]).some(({ member }) => member === name);
    if (!voted) expect([name, (await client.post(`${path}/votes`, { approve: true })).status]).toEqual([name, 201]);
  }
  const passed = await eventually(
    () => core.get(path),
    ({ body }) => body['status'] === 'PASSED',
  );
  expect(passed.body['status']).toBe('PASSED');
  const warned = await comingAsDoctorSeesIt();
  expect(warned).toEqual([
    expect.stringMatching(/^an upgrade of OrderRegistry to 0x\w{40} is PASSED, and .* not list it$/),
  ]);
  // Before: so that there is no moment at which a node knows not the code that runs.
  const unlisted = readFileSync(nodes.deploymentFile);
  const next = { implementation: lower(proposal.implementation), codeHash: lower(proposal.codeHash) };
  expect(recordImplementation({ deployment: nodes.deploymentFile }, 'OrderRegistry', next)).toHaveLength(1);
  expect(recordImplementation({ deployment: nodes.deploymentFile }, 'OrderRegistry', next)).toEqual([]);
  expect(await comingAsDoctorSeesIt()).toEqual(['1 upgrades are coming, of code that is listed']);
  const executed = await nodes.of('supplier-2').client.post(`${path}/execution`);
  expect([executed.status, executed.body['status']]).toEqual([201, 'EXECUTED']);
  const slot = await rpc<string>(nodes.anvil.url, 'eth_getStorageAt', [proposal.proxy, IMPLEMENTATION_SLOT, 'latest']);
  expect(slot.slice(-40)).toBe(proposal.implementation.slice(2).toLowerCase());

  expect((await core.get(ofBefore, executed.block)).status).toBe(200);
  expect(await shownOf(ofBefore)).toEqual(verdictBefore);
  const listed = readFileSync(nodes.deploymentFile);
  writeFileSync(nodes.deploymentFile, unlisted);
  const moved = await post('WHILE-UNLISTED');
  expect((await core.get(ofBefore, moved.block)).status).toBe(200);
  expect(await shownOf(ofBefore)).toEqual(UNLISTED);
  writeFileSync(nodes.deploymentFile, listed);
  expect(await shownOf(ofBefore)).toEqual(verdictBefore);

  // What was there is there, and what comes is indexed by all.
  const supplier = nodes.of('supplier-1').client;
  for (const { body, block } of [before, await post('AFTER-THE-UPGRADE')]) {
    const order = `/v1/orders/${String(body['id'])}`;
    await eventually(
      () => supplier.get(order, block),
      ({ body: known }) => typeof known['number'] === 'string',
    );
    expect((await supplier.post(`${order}/acceptance`)).status).toBe(201);
    const seen = await eventually(
      () => core.get(order),
      ({ body: now }) => now['status'] === 'ACCEPTED',
    );
    expect(seen.body['status']).toBe('ACCEPTED');
  }
});

it('is compared with one’s own build to the last byte before it is voted', async () => {
  for (const registry of ['OrderRegistry', 'ReceivableRegistry', 'MemberRegistry'] as const) {
    const { implementation, codeHash } = await deployed(registry);
    const other = await deployed(registry, otherRelease(registry));
    expect(await checkImplementation({ ...place(), registry, implementation })).toBe(codeHash);
    const refused = checkImplementation({ ...place(), registry, implementation: other.implementation });
    await expect(refused).rejects.toThrow(/is not the code of \w+ in this build/);
  }
  const nowhere = checkImplementation({
    ...place(),
    registry: 'OrderRegistry',
    implementation: `0x${'5e'.repeat(20)}`,
  });
  await expect(nowhere).rejects.toThrow('there is no code at 0x5e');
  const annexed = await deployed('ReceivableRegistry', otherRelease('ReceivableAnnex'));
  const refused = checkImplementation({ ...place(), registry: 'ReceivableRegistry', ...annexed });
  await expect(refused).rejects.toThrow(/the annex 0x\w{40} of 0x\w{40} is not the code of this build/);
});

it('is told of by doctor where it does more than bring listed code, or nobody can read what it does', async () => {
  const { address: proxy, implementation, codeHash } = nodes.consortium.deployment.contracts.OrderRegistry;
  const upgrade = { proxy, implementation, codeHash, migration: '0x8129fc1c' };
  const made = await core.post('/v1/proposals', { ...upgrade, kind: 'UPGRADE', reason: 'x' });
  expect(made.status).toBe(201);
  const strange: Hex = `${encodePayload('UPGRADE', upgrade)}00`;
  const random: Hex = `0x${'5f'.repeat(32)}`;
  await callAs(nodes.of('core'), random, {
    contract: 'MemberRegistry',
    fn: 'propose',
    args: [6, strange, random, random],
  });
  await eventually(
    () => core.get('/v1/proposals'),
    ({ body }) => (body['items'] as { what: unknown }[]).some(({ what }) => what === null),
  );
  expect((await comingAsDoctorSeesIt()).toSorted()).toEqual([
    'an upgrade is VOTING whose payload is not encoded as any node does it',
    `an upgrade of OrderRegistry to ${implementation} is VOTING, with a migration: 0x8129fc1c`,
  ]);
});
