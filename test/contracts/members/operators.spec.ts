import { ZeroAddress } from 'ethers';
import type { Signer } from '../support/chain.js';
import { type Consortium, type TestMember, deployConsortium } from '../support/consortium.js';
import { decide } from '../support/votes.js';

let consortium: Consortium;
let core: TestMember;
beforeAll(async () => {
  consortium = await deployConsortium({ registries: [] });
  core = consortium.member('core');
});
beforeEach(() => consortium.reset());

const registry = () => consortium.registry('MemberRegistry');
const TYPES = {
  OperatorAcceptance: [
    { name: 'account', type: 'address' },
    { name: 'member', type: 'uint32' },
  ],
};

/** Signature by `signer` that `account` acts for `member`. */
const acceptance = async (signer: Signer, account = signer.address, member = core.id) =>
  signer.signTypedData(await registry().domain(), TYPES, { account, member });
const addOperator = async (account: Signer) =>
  registry().send(core.admin, 'addOperator', account.address, await acceptance(account));

describe('addOperator', () => {
  it('lets an account that accepts act from that block on', async () => {
    const account = consortium.stranger();
    const { events, block } = await addOperator(account);
    expect(events).toEqual([{ name: 'OperatorAdded', args: { member: core.id, account: account.address } }]);
    expect(await registry().read('operator', account.address)).toEqual({
      member: core.id,
      addedAt: block,
      revokedAt: 0,
      inDoubtFrom: 0,
    });
    expect(await registry().read('memberOfSigner', account.address)).toBe(core.id);
  });

  it('takes the acceptance of a contract account by ERC-1271', async () => {
    const owner = consortium.stranger();
    const wallet = await consortium.chain.ethers.deployContract('SignerWallet', [owner.address]);
    const account = await wallet.getAddress();
    const refused = { name: 'MemberInvalidAcceptance', args: { account, member: core.id } };
    const by = (signer: Signer) => acceptance(signer, account);
    expect(await registry().refusal(core.admin, 'addOperator', account, await by(core.admin))).toEqual(refused);
    await registry().send(core.admin, 'addOperator', account, await by(owner));
    expect(await registry().read('memberOfSigner', account)).toBe(core.id);
  });

  it.each<[string, (account: Signer) => Promise<string>]>([
    ['nothing', async () => '0x'],
    ['another account', (account) => acceptance(consortium.stranger(), account.address)],
    ['the account for another member', (account) => acceptance(account, account.address, core.id + 1)],
    ['the account for another account', (account) => acceptance(account, core.admin.address)],
  ])('refuses an acceptance signed by %s', async (_, sign) => {
    const account = consortium.stranger();
    expect(await registry().refusal(core.admin, 'addOperator', account.address, await sign(account))).toEqual({
      name: 'MemberInvalidAcceptance',
      args: { account: account.address, member: core.id },
    });
  });

  it('refuses an acceptance made for another registry', async () => {
    const account = consortium.stranger();
    const domain = { ...(await registry().domain()), verifyingContract: account.address };
    const foreign = await account.signTypedData(domain, TYPES, { account: account.address, member: core.id });
    expect(await registry().refusal(core.admin, 'addOperator', account.address, foreign)).toMatchObject({
      name: 'MemberInvalidAcceptance',
    });
  });

  it('refuses an account that serves, or served, anyone', async () => {
    const other = consortium.member('bank-a');
    const former = consortium.stranger();
    await addOperator(former);
    await registry().send(core.admin, 'revokeOperator', former.address, 0);
    const taken: [string, number][] = [
      [core.operator.address, core.id],
      [core.admin.address, core.id],
      [other.operator.address, other.id],
      [other.admin.address, other.id],
      [former.address, core.id],
      [ZeroAddress, 0],
    ];
    for (const [account, member] of taken) {
      expect(await registry().refusal(core.admin, 'addOperator', account, '0x')).toEqual({
        name: 'MemberAccountTaken',
        args: { account, member },
      });
    }
  });

  it('is open to a suspended member, which has duties left (rule 10)', async () => {
    const member = consortium.member('supplier-1');
    const account = consortium.stranger();
    await decide(consortium, 'SUSPEND', member.id);
    const signature = await acceptance(account, account.address, member.id);
    await registry().send(member.admin, 'addOperator', account.address, signature);
    expect(await registry().read('memberOfSigner', account.address)).toBe(member.id);
  });
});

describe('revokeOperator', () => {
  it('ends the right to act from that block on and keeps the record', async () => {
    const { events, block } = await registry().send(core.admin, 'revokeOperator', core.operator.address, 0);
    const account = core.operator.address;
    expect(events).toEqual([{ name: 'OperatorRevoked', args: { member: core.id, account, inDoubtFrom: 0 } }]);
    expect(await registry().read('operator', account)).toMatchObject({ member: core.id, revokedAt: block });
    expect(await registry().readRefusal('memberOfSigner', account)).toEqual({
      name: 'MemberKeyRevoked',
      args: { account, revokedAt: block },
    });
    expect(await registry().readRefusal('authorize', account, 0, 0, 0)).toMatchObject({ name: 'MemberKeyRevoked' });
    expect(await registry().readRefusal('requireMayBegin', account)).toMatchObject({ name: 'MemberKeyRevoked' });
  });

  it('names the block from which its acts are in doubt, this one at the latest', async () => {
    const { provider } = consortium.chain.ethers;
    const account = core.operator.address;
    const next = (await provider.getBlockNumber()) + 1;
    expect(await registry().refusal(core.admin, 'revokeOperator', account, next + 1)).toEqual({
      name: 'MemberInvalidDoubt',
      args: { inDoubtFrom: next + 1, blockNumber: BigInt(next) },
    });
    await registry().send(core.admin, 'revokeOperator', account, 3);
    expect(await registry().read('operator', account)).toMatchObject({ inDoubtFrom: 3 });
  });

  it('refuses a second time', async () => {
    const account = core.operator.address;
    const { block: revokedAt } = await registry().send(core.admin, 'revokeOperator', account, 0);
    expect(await registry().refusal(core.admin, 'revokeOperator', account, 0)).toEqual({
      name: 'MemberKeyRevoked',
      args: { account, revokedAt },
    });
  });

  it("refuses another member's operator and an account that is none", async () => {
    const other = consortium.member('bank-a');
    for (const [account, owner] of [
      [other.operator.address, other.id],
      [consortium.stranger().address, 0],
    ]) {
      expect(await registry().refusal(core.admin, 'revokeOperator', account, 0)).toEqual({
        name: 'MemberNotOperator',
        args: { member: core.id, account, owner },
      });
    }
  });
});

describe('only the admin', () => {
  it.each<[string, (account: Signer) => unknown[]]>([
    ['addOperator', (account) => [account.address, '0x']],
    ['revokeOperator', (account) => [account.address, 0]],
    ['addKey', () => [1, '0x']],
    ['revokeKey', () => [`0x${'00'.repeat(32)}`, 0]],
    ['setEndpoint', () => ['https://x.test']],
    ['registerEntity', () => [`0x${'11'.repeat(32)}`]],
  ])('calls %s', async (fn, args) => {
    for (const caller of [core.operator, consortium.stranger()]) {
      expect(await registry().refusal(caller, fn, ...args(caller))).toEqual({
        name: 'MemberUnknownAdmin',
        args: { account: caller.address },
      });
    }
  });
});
