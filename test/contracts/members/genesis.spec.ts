import { TypedDataEncoder, ZeroAddress } from 'ethers';
import { type Consortium, type TestMember, deployConsortium, genesis, tagKey } from '../support/consortium.js';
import { refusalOf } from '../support/errors.js';
import { EMBEDDED } from '../support/plan.js';

let consortium: Consortium;
beforeAll(async () => {
  consortium = await deployConsortium({ registries: [], upgradeDelay: 14 * 86_400, votingPeriod: 7 * 86_400 });
});
beforeEach(() => consortium.reset());

const registry = () => consortium.registry('MemberRegistry');

describe('genesis', () => {
  it('admits its members in order, each with an operator and its keys', async () => {
    expect(await registry().read('memberCount')).toBe(EMBEDDED.length);
    for (const { id, name, roles, chamber, admin, operator } of consortium.members) {
      expect(await registry().read('member', id)).toEqual({
        admin: admin.address,
        roles,
        chamber,
        status: 1,
        votingSince: 0,
        tagKeys: 1,
      });
      expect(await registry().read('memberOfName', name)).toBe(id);
      expect(await registry().read('memberOfSigner', operator.address)).toBe(id);
      expect(await registry().read('memberOfAdmin', admin.address)).toBe(id);
    }
    expect(await registry().read('chamberSizes')).toEqual([1, 2, 2]);
    expect(await registry().read('upgradeDelay')).toBe(14 * 86_400);
    expect(await registry().read('votingPeriod')).toBe(7 * 86_400);
  });

  it('says all of it in events', async () => {
    const { ethers } = consortium.chain;
    const logs = await ethers.provider.getLogs({ address: registry().address, fromBlock: 0 });
    const names = logs.map((log) => registry().abi.parseLog(log)?.name);
    const each = ['MemberAdmitted', 'EndpointChanged', 'OperatorAdded', 'KeyAdded', 'KeyAdded', 'KeyAdded'];
    expect(names.filter((name) => name && each.includes(name))).toEqual(EMBEDDED.flatMap(() => each));
  });

  it('is bound to the proxy, the chain and the block before it', async () => {
    const domain = await registry().domain();
    const { ethers } = consortium.chain;
    const logs = await ethers.provider.getLogs({ address: registry().address, fromBlock: 0 });
    const parent = await ethers.provider.getBlock(logs[0]!.blockNumber - 1);
    expect(domain).toEqual({
      name: 'tradeproof',
      version: '1',
      chainId: 31_337n,
      verifyingContract: registry().address,
      salt: parent!.hash,
    });
    expect(await registry().read('domainSeparator')).toBe(TypedDataEncoder.hashDomain(domain));
    expect(await registry().read('eip712Domain')).toMatchObject({ fields: '0x1f' });
  });

  it('happens once, and never to the implementation', async () => {
    const deployed = await consortium.chain.ethers.deployContract('MemberRegistry');
    const args = [genesis(consortium.members), 0, 1] as const;
    const bare = { to: await deployed.getAddress(), data: registry().abi.encodeFunctionData('initialize', args) };
    const { stranger } = consortium;
    const refused = { name: 'InvalidInitialization', args: {} };
    expect(await registry().refusal(stranger(), 'initialize', ...args)).toEqual(refused);
    expect(await refusalOf(() => stranger().sendTransaction(bare), [registry().abi])).toEqual(refused);
  });
});

describe('genesis refuses', () => {
  type Genesis = ReturnType<typeof genesis>[number];

  /** Deploys a proxy of its own with the embedded members, changed. */
  async function refusalWith(change: (members: Genesis[], of: readonly TestMember[]) => Genesis[]) {
    const { ethers } = consortium.chain;
    const implementation = await ethers.deployContract('MemberRegistry');
    const members = change(genesis(consortium.members), consortium.members);
    const data = registry().abi.encodeFunctionData('initialize', [members, 0, 1]);
    const address = await implementation.getAddress();
    return refusalOf(() => ethers.deployContract('ERC1967Proxy', [address, data]), [registry().abi]);
  }
  const changed = (at: number, change: Partial<Genesis>) => (members: Genesis[]) =>
    members.map((one, i) => (i === at ? { ...one, ...change } : one));
  const long = 'a'.repeat(33);

  it.each([
    ['no core enterprise', 1],
    ['no supplier', 2],
    ['no lender', 3],
  ])('%s', async (_, chamber) => {
    const refused = await refusalWith((members) => members.filter((one) => one.chamber !== chamber));
    expect(refused).toEqual({ name: 'MemberChamberEmpty', args: { chamber } });
  });

  it.each(['', long, 'Core', 'co re', 'соrе', 'core/1', 'core_1'])('the name %p', async (name) => {
    expect(await refusalWith(changed(0, { name }))).toEqual({ name: 'MemberInvalidName', args: { name } });
  });

  it('a name that another bears', async () => {
    expect(await refusalWith(changed(2, { name: 'supplier-1' }))).toEqual({
      name: 'MemberNameTaken',
      args: { name: 'supplier-1', member: 2 },
    });
  });

  it.each([0, 64, 255])('the roles %i', async (roles) => {
    expect(await refusalWith(changed(0, { roles }))).toEqual({ name: 'MemberInvalidRoles', args: { roles } });
  });

  it.each([
    [1, 2],
    [2, 4],
    [3, 1],
    [4, 63],
  ])('the chamber %i with the roles %i', async (chamber, roles) => {
    expect(await refusalWith(changed(0, { roles, chamber }))).toEqual({
      name: 'MemberInvalidChamber',
      args: { chamber, roles },
    });
  });

  it.each([0, 257])('an endpoint of %i bytes', async (length) => {
    expect(await refusalWith(changed(0, { endpoint: 'e'.repeat(length) }))).toEqual({
      name: 'MemberInvalidEndpoint',
      args: { length: BigInt(length) },
    });
  });

  it('an account that serves twice, or is none', async () => {
    const taken = (account: string, member: number) => ({ name: 'MemberAccountTaken', args: { account, member } });
    const [first, second] = consortium.members as [TestMember, TestMember];
    const of = { admin: first.admin.address, operator: first.operator.address };
    expect(await refusalWith(changed(1, { admin: of.admin }))).toEqual(taken(of.admin, 1));
    expect(await refusalWith(changed(1, { admin: of.operator }))).toEqual(taken(of.operator, 1));
    expect(await refusalWith(changed(1, { operator: of.operator }))).toEqual(taken(of.operator, 1));
    expect(await refusalWith(changed(1, { operator: second.admin.address }))).toEqual(taken(second.admin.address, 2));
    expect(await refusalWith(changed(1, { operator: ZeroAddress }))).toEqual(taken(ZeroAddress, 0));
    expect(await refusalWith(changed(1, { admin: ZeroAddress }))).toEqual(taken(ZeroAddress, 0));
  });

  it('a key of the wrong length', async () => {
    expect(await refusalWith(changed(0, { keys: [{ kind: 1, publicKey: tagKey(1) }] }))).toEqual({
      name: 'KeyInvalid',
      args: { kind: 1, length: 48n },
    });
  });
});
