import { AbiCoder, ZeroAddress, ZeroHash, id, keccak256 } from 'ethers';
import { type Consortium, deployConsortium } from '../support/consortium.js';
import type { Signer } from '../support/chain.js';
import { decide, random32 } from '../support/votes.js';

let consortium: Consortium;
let maker: Signer;
beforeAll(async () => {
  consortium = await deployConsortium({ registries: ['AccessGrants'] });
});
beforeEach(async () => {
  await consortium.reset();
  maker = consortium.stranger();
});

const grants = () => consortium.registry('AccessGrants');
const commitment = id('grantee, scope, purpose, from and until');

async function make(from = maker, random = random32()) {
  const sent = await grants().send(from, 'grant', commitment, random);
  return { ...sent, grant: sent.events[0]!.args['grant'] as string };
}

describe('grant', () => {
  it('is made by a one-time account and computes its own id', async () => {
    const random = random32();
    const expected = keccak256(
      AbiCoder.defaultAbiCoder().encode(
        ['bytes32', 'bytes32', 'address', 'bytes32'],
        [await grants().read('domainSeparator'), id('GRANT'), maker.address, random],
      ),
    );
    const { events, time } = await make(maker, random);
    expect(events).toEqual([{ name: 'GrantMade', args: { grant: expected, maker: maker.address, commitment } }]);
    expect(await grants().read('grantOf', expected)).toEqual({
      maker: maker.address,
      madeAt: time,
      revokedAt: 0,
      commitment,
    });
  });

  it('gives two makers two ids for the same randomness', async () => {
    const random = random32();
    expect((await make(maker, random)).grant).not.toBe((await make(consortium.stranger(), random)).grant);
  });

  it('refuses randomness that the maker has used', async () => {
    const random = random32();
    const { grant } = await make(maker, random);
    expect(await grants().refusal(maker, 'grant', commitment, random)).toEqual({
      name: 'GrantExists',
      args: { grant },
    });
  });

  it('refuses a commitment to nothing', async () => {
    expect(await grants().refusal(maker, 'grant', ZeroHash, random32())).toEqual({
      name: 'GrantEmpty',
      args: { maker: maker.address },
    });
  });

  it.each(['admin', 'operator'] as const)('refuses the %s of a suspended member (rule 10)', async (capacity) => {
    const member = consortium.member('supplier-1');
    await make(member[capacity]);
    await decide(consortium, 'SUSPEND', member.id);
    expect(await grants().refusal(member[capacity], 'grant', commitment, random32())).toEqual({
      name: 'MemberNotActive',
      args: { member: member.id, status: 2 },
    });
  });

  it('refuses a revoked operator', async () => {
    const { admin, operator } = consortium.member('core');
    const { block } = await consortium.registry('MemberRegistry').send(admin, 'revokeOperator', operator.address, 0);
    expect(await grants().refusal(operator, 'grant', commitment, random32())).toEqual({
      name: 'MemberKeyRevoked',
      args: { account: operator.address, revokedAt: block },
    });
  });
});

describe('revoke', () => {
  it('ends the grant at the block time', async () => {
    const { grant, time: madeAt } = await make();
    const { events, time: revokedAt } = await grants().send(maker, 'revoke', grant);
    expect(events).toEqual([{ name: 'GrantRevoked', args: { grant } }]);
    expect(await grants().read('grantOf', grant)).toEqual({ maker: maker.address, madeAt, revokedAt, commitment });
  });

  it('is open to a maker whose member was suspended since', async () => {
    const { operator, id: member } = consortium.member('supplier-1');
    const { grant } = await make(operator);
    await decide(consortium, 'SUSPEND', member);
    expect((await grants().send(operator, 'revoke', grant)).events).toHaveLength(1);
  });

  it('refuses an unknown grant', async () => {
    const grant = id('none');
    expect(await grants().refusal(maker, 'revoke', grant)).toEqual({ name: 'GrantUnknown', args: { grant } });
    expect(await grants().read('grantOf', grant)).toMatchObject({ maker: ZeroAddress });
  });

  it('refuses anyone but the maker', async () => {
    const { grant } = await make();
    const caller = consortium.member('core').operator;
    expect(await grants().refusal(caller, 'revoke', grant)).toEqual({
      name: 'GrantNotMaker',
      args: { grant, maker: maker.address, caller: caller.address },
    });
  });

  it('refuses a second time', async () => {
    const { grant } = await make();
    const { time: revokedAt } = await grants().send(maker, 'revoke', grant);
    expect(await grants().refusal(maker, 'revoke', grant)).toEqual({
      name: 'GrantAlreadyRevoked',
      args: { grant, revokedAt },
    });
  });
});
