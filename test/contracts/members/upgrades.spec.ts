import { AbiCoder, ZeroHash, getAddress, id, keccak256 } from 'ethers';
import { pass } from '../support/chain.js';
import { type Consortium, type RegistryName, deployConsortium } from '../support/consortium.js';
import { approve, propose, proposalOf } from '../support/votes.js';

const DELAY = 14 * 86_400;
const PERIOD = 7 * 86_400;
const IMPLEMENTATION_SLOT = '0x360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc';
const NAMES = ['MemberRegistry', 'AccessGrants', 'EvidenceAnchor'] as const satisfies readonly RegistryName[];

let consortium: Consortium;
beforeAll(async () => {
  const registries: RegistryName[] = ['AccessGrants', 'EvidenceAnchor'];
  consortium = await deployConsortium({ registries, upgradeDelay: DELAY, votingPeriod: PERIOD });
});
beforeEach(() => consortium.reset());

const registry = () => consortium.registry('MemberRegistry');
const anyone = () => consortium.stranger();

/** Another implementation of a registry, with its code hash. */
async function deployImplementation(name: RegistryName) {
  const { ethers } = consortium.chain;
  const args = name === 'MemberRegistry' ? [] : [registry().address];
  const contract = await ethers.deployContract(name, args);
  const address = await contract.getAddress();
  return { address, codeHash: keccak256(await ethers.provider.getCode(address)) };
}

async function implementationOf(name: RegistryName): Promise<string> {
  const slot = await consortium.chain.ethers.provider.getStorage(
    consortium.registry(name).address,
    IMPLEMENTATION_SLOT,
  );
  return getAddress(`0x${slot.slice(26)}`);
}

async function passedUpgrade(name: RegistryName, migration = '0x') {
  const next = await deployImplementation(name);
  const proxy = consortium.registry(name).address;
  const proposal = await propose(consortium, 'UPGRADE', proxy, next.address, next.codeHash, migration);
  await approve(
    consortium,
    proposal,
    consortium.members.filter(({ chamber }) => chamber !== 0),
  );
  return { proposal, next };
}

describe.each(NAMES)('an upgrade of %s', (name) => {
  it('waits for the delay, then replaces the code and keeps the storage', async () => {
    const before = await registry().read('member', 1);
    const separator = await consortium.registry(name).read('domainSeparator');
    const { proposal, next } = await passedUpgrade(name);
    const { executableAt } = await registry().read<{ executableAt: number }>('proposal', proposal);
    const refused = await registry().refusal(anyone(), 'execute', proposal);
    expect(refused).toMatchObject({ name: 'ProposalTooEarly', args: { proposal, executableAt } });
    expect(BigInt(executableAt) - (refused.args['timestamp'] as bigint)).toBeGreaterThan(BigInt(DELAY - 60));

    await pass(consortium.chain, DELAY);
    await registry().send(anyone(), 'execute', proposal);
    expect(await implementationOf(name)).toBe(next.address);
    expect(await registry().read('member', 1)).toEqual(before);
    expect(await consortium.registry(name).read('domainSeparator')).toBe(separator);
  });

  it('is nobody’s to make without a vote', async () => {
    const next = await deployImplementation(name);
    const caller = consortium.member('core').admin;
    const error = name === 'MemberRegistry' ? 'MemberUpgradeUnauthorized' : 'RegistryUpgradeUnauthorized';
    const args = ['upgradeToAndCall', next.address, '0x'] as const;
    expect(await consortium.registry(name).refusal(caller, ...args)).toEqual({
      name: error,
      args: { caller: caller.address },
    });
  });

  it('has no migration that is an upgrade itself, to code that nobody votes on', async () => {
    const [next, hidden] = [await deployImplementation(name), await deployImplementation(name)];
    const { address: proxy, abi } = consortium.registry(name);
    const migration = abi.encodeFunctionData('upgradeToAndCall', [hidden.address, '0x']);
    const args = proposalOf('UPGRADE', proxy, next.address, next.codeHash, migration);
    expect(await registry().refusal(consortium.member('core').operator, 'propose', ...args)).toEqual({
      name: 'ProposalInvalidMigration',
      args: { proxy },
    });
  });
});

describe('an upgrade', () => {
  it('lapses when nobody executes it in time', async () => {
    const { proposal } = await passedUpgrade('EvidenceAnchor');
    await pass(consortium.chain, DELAY + PERIOD + 60);
    expect(await registry().refusal(anyone(), 'execute', proposal)).toMatchObject({ name: 'ProposalLapsed' });
  });

  it('is refused for code that is not what is voted on', async () => {
    const next = await deployImplementation('EvidenceAnchor');
    const proxy = consortium.registry('EvidenceAnchor').address;
    const args = proposalOf('UPGRADE', proxy, next.address, ZeroHash, '0x');
    expect(await registry().refusal(consortium.member('core').operator, 'propose', ...args)).toEqual({
      name: 'ProposalCodeMismatch',
      args: { implementation: next.address, codeHash: ZeroHash, found: next.codeHash },
    });
  });

  it('is refused when the code was changed while it waited', async () => {
    const { proposal, next } = await passedUpgrade('EvidenceAnchor');
    await pass(consortium.chain, DELAY);
    await consortium.chain.provider.request({ method: 'hardhat_setCode', params: [next.address, '0x6001'] });
    expect(await registry().refusal(anyone(), 'execute', proposal)).toEqual({
      name: 'ProposalCodeMismatch',
      args: { implementation: next.address, codeHash: next.codeHash, found: keccak256('0x6001') },
    });
  });

  it('makes its migration as the member registry', async () => {
    const [{ address: maker }, grants] = [registry(), consortium.registry('AccessGrants')];
    const { proposal, next } = await passedUpgrade(
      'AccessGrants',
      grants.abi.encodeFunctionData('grant', [id('commitment'), ZeroHash]),
    );
    await pass(consortium.chain, DELAY);
    await registry().send(anyone(), 'execute', proposal);
    expect(await implementationOf('AccessGrants')).toBe(next.address);
    const granted = AbiCoder.defaultAbiCoder().encode(
      ['bytes32', 'bytes32', 'address', 'bytes32'],
      [await grants.read('domainSeparator'), id('GRANT'), maker, ZeroHash],
    );
    expect(await grants.read('grantOf', keccak256(granted))).toMatchObject({ maker, commitment: id('commitment') });
  });

  it('makes its migration in the same transaction, or nothing at all', async () => {
    const initializing = consortium.registry('EvidenceAnchor').abi.encodeFunctionData('initialize');
    const { proposal } = await passedUpgrade('EvidenceAnchor', initializing);
    const before = await implementationOf('EvidenceAnchor');
    await pass(consortium.chain, DELAY);
    expect(await registry().refusal(anyone(), 'execute', proposal)).toEqual({
      name: 'InvalidInitialization',
      args: {},
    });
    expect(await implementationOf('EvidenceAnchor')).toBe(before);
    expect(await registry().read('proposal', proposal)).toMatchObject({ executed: false });
  });
});
