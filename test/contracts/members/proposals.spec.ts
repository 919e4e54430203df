import { AbiCoder, ZeroHash, id as hash, keccak256 } from 'ethers';
import { holdMining, pass } from '../support/chain.js';
import { type Consortium, type TestMember, deployConsortium } from '../support/consortium.js';
import { type MemberPlan, bank, core as coreEnterprise, supplier } from '../support/plan.js';
import { approve, decide, payloadOf, propose, proposalOf, random32 } from '../support/votes.js';

const PERIOD = 7 * 86_400;
let consortium: Consortium;
let voters: TestMember[];
beforeAll(async () => {
  consortium = await deployConsortium({ registries: [], votingPeriod: PERIOD });
  voters = consortium.members.filter(({ chamber }) => chamber !== 0);
});
beforeEach(() => consortium.reset());

const registry = () => consortium.registry('MemberRegistry');
const core = () => consortium.member('core');
const suspend = () => propose(consortium, 'SUSPEND', consortium.member('supplier-2').id);

describe('propose', () => {
  it('puts it to the vote of those who can vote now', async () => {
    const { operator, id: proposer } = core();
    const [random, reason] = [random32(), hash('why')];
    const payload = payloadOf('SUSPEND', 3);
    const separator = await registry().read('domainSeparator');
    const proposal = keccak256(
      AbiCoder.defaultAbiCoder().encode(
        ['bytes32', 'bytes32', 'address', 'bytes32'],
        [separator, hash('PROPOSAL'), operator.address, random],
      ),
    );
    const { events, time } = await registry().send(operator, 'propose', 2, payload, reason, random);
    const votingEnds = time + PERIOD;
    const chamberSizes = [1, 2, 2];
    expect(events).toEqual([
      { name: 'ProposalCreated', args: { proposal, proposer, kind: 2, payload, reason, votingEnds, chamberSizes } },
    ]);
    expect(await registry().read('proposal', proposal)).toEqual({
      kind: 2,
      executed: false,
      ordinal: 0,
      votingEnds,
      executableAt: 0,
      sizes: chamberSizes,
      approvals: [0, 0, 0],
      payload,
    });
  });

  it('refuses randomness that the proposer has used', async () => {
    const args = proposalOf('SUSPEND', 3);
    const { events } = await registry().send(core().operator, 'propose', ...args);
    expect(await registry().refusal(core().operator, 'propose', ...args)).toEqual({
      name: 'ProposalExists',
      args: { proposal: events[0]!.args['proposal'] },
    });
  });

  it.each([0, 9, 255])('refuses the kind %i', async (kind) => {
    expect(await registry().refusal(core().operator, 'propose', kind, '0x', ZeroHash, ZeroHash)).toEqual({
      name: 'ProposalUnknownKind',
      args: { kind },
    });
  });
});

describe('vote', () => {
  it('is counted for the chamber and passes the proposal once two thirds of each approve', async () => {
    const proposal = await suspend();
    const seen = [];
    for (const { operator } of voters) seen.push((await registry().send(operator, 'vote', proposal, true)).events);
    expect(seen.slice(0, -1).flat()).toEqual(
      voters.slice(0, -1).map(({ id: member }) => ({ name: 'VoteCast', args: { proposal, member, approve: true } })),
    );
    expect(seen.at(-1)!.map(({ name }) => name)).toEqual(['VoteCast', 'ProposalPassed']);
    expect(await registry().read('proposal', proposal)).toMatchObject({ approvals: [1, 2, 2] });
  });

  it('is cast by the admin as well, once for the member', async () => {
    const proposal = await suspend();
    const { admin, operator, id: member } = core();
    await registry().send(admin, 'vote', proposal, false);
    expect(await registry().read('voteOf', proposal, member)).toBe(2);
    for (const again of [admin, operator]) {
      expect(await registry().refusal(again, 'vote', proposal, true)).toEqual({
        name: 'ProposalAlreadyVoted',
        args: { proposal, member },
      });
    }
  });

  it('is not counted when it is against', async () => {
    const proposal = await suspend();
    for (const { operator } of voters) await registry().send(operator, 'vote', proposal, false);
    expect(await registry().read('proposal', proposal)).toMatchObject({ approvals: [0, 0, 0], executableAt: 0 });
  });

  it('is taken until the period ends', async () => {
    const proposal = await suspend();
    const { votingEnds } = await registry().read<{ votingEnds: number }>('proposal', proposal);
    await pass(consortium.chain, PERIOD);
    const refused = await registry().refusal(core().operator, 'vote', proposal, true);
    expect(refused).toMatchObject({ name: 'ProposalVotingEnded', args: { proposal, votingEnds } });
    expect(refused.args['timestamp']).toBeGreaterThan(votingEnds);
  });

  it('is refused on an unknown proposal', async () => {
    expect(await registry().refusal(core().operator, 'vote', ZeroHash, true)).toEqual({
      name: 'ProposalUnknown',
      args: { proposal: ZeroHash },
    });
  });
});

describe('who has no vote', () => {
  it.each(['carrier', 'auditor'])('%s, which sits in no chamber', async (name) => {
    const proposal = await suspend();
    const { operator, admin } = consortium.member(name);
    for (const sender of [operator, admin]) {
      const refused = { name: 'ProposalNotVoter', args: { account: sender.address } };
      expect(await registry().refusal(sender, 'vote', proposal, true)).toEqual(refused);
      expect(await registry().refusal(sender, 'propose', ...proposalOf('SUSPEND', 3))).toEqual(refused);
    }
  });

  it('a stranger', async () => {
    const proposal = await suspend();
    const stranger = consortium.stranger();
    const refused = { name: 'MemberUnknownOperator', args: { account: stranger.address } };
    expect(await registry().refusal(stranger, 'vote', proposal, true)).toEqual(refused);
    expect(await registry().refusal(stranger, 'propose', ...proposalOf('SUSPEND', 3))).toEqual(refused);
  });

  it('a revoked operator', async () => {
    const proposal = await suspend();
    const { admin, operator } = core();
    await registry().send(admin, 'revokeOperator', operator.address, 0);
    expect(await registry().refusal(operator, 'vote', proposal, true)).toMatchObject({ name: 'MemberKeyRevoked' });
  });

  it('a suspended member, nor after its reinstatement on what was proposed before', async () => {
    const member = consortium.member('supplier-2');
    const before = await propose(consortium, 'SUSPEND', consortium.member('bank-b').id);
    await decide(consortium, 'SUSPEND', member.id);
    expect(await registry().refusal(member.operator, 'vote', before, true)).toEqual({
      name: 'ProposalNotVoter',
      args: { account: member.operator.address },
    });
    await decide(consortium, 'REINSTATE', member.id);
    expect(await registry().refusal(member.operator, 'vote', before, true)).toEqual({
      name: 'ProposalVoterTooNew',
      args: { proposal: before, member: member.id },
    });
  });

  it('a member admitted since, even in the very block', async () => {
    const [admin, other] = [consortium.stranger(), consortium.stranger()];
    const admission = (account: string, name: string) => [account, 4, 3, name, 'https://new.test'];
    const admitting = await propose(consortium, 'ADMIT', admission(admin.address, 'bank-c'));
    await approve(consortium, admitting, voters);
    const { provider } = consortium.chain.ethers;
    const mining = await holdMining(consortium.chain);
    const executing = await core().operator.sendTransaction({
      to: registry().address,
      data: registry().abi.encodeFunctionData('execute', [admitting]),
      gasLimit: 1_000_000,
    });
    const args = proposalOf('ADMIT', admission(other.address, 'bank-d'));
    const proposing = await core().operator.sendTransaction({
      to: registry().address,
      data: registry().abi.encodeFunctionData('propose', args),
      gasLimit: 1_000_000,
    });
    await mining.end();
    const [executed, proposed] = await Promise.all(
      [executing, proposing].map((each) => provider.getTransactionReceipt(each.hash)),
    );
    expect(proposed!.blockNumber).toBe(executed!.blockNumber);
    const proposal = registry().abi.parseLog(proposed!.logs[0]!)!.args['proposal'] as string;
    // Made after the admission in the same block: counts the new member and takes its vote.
    expect(await registry().read('proposal', proposal)).toMatchObject({ sizes: [1, 2, 3] });
    await registry().send(admin, 'vote', proposal, true);
    // Made before it: does neither.
    expect(await registry().refusal(admin, 'vote', admitting, true)).toMatchObject({ name: 'ProposalVoterTooNew' });
  });
});

describe('execute', () => {
  it('is open to anyone, once', async () => {
    const proposal = await suspend();
    await approve(consortium, proposal, voters);
    const anyone = consortium.stranger();
    const { events } = await registry().send(anyone, 'execute', proposal);
    expect(events).toEqual([
      { name: 'ProposalExecuted', args: { proposal } },
      { name: 'MemberSuspended', args: { member: consortium.member('supplier-2').id } },
    ]);
    expect(await registry().refusal(anyone, 'execute', proposal)).toEqual({
      name: 'ProposalAlreadyExecuted',
      args: { proposal },
    });
  });

  it('refuses what did not pass', async () => {
    const proposal = await suspend();
    await approve(consortium, proposal, voters.slice(0, -1));
    expect(await registry().refusal(core().operator, 'execute', proposal)).toEqual({
      name: 'ProposalNotPassed',
      args: { proposal },
    });
    expect(await registry().refusal(core().operator, 'execute', ZeroHash)).toEqual({
      name: 'ProposalUnknown',
      args: { proposal: ZeroHash },
    });
  });

  it('refuses what passed too long ago', async () => {
    const proposal = await suspend();
    await approve(consortium, proposal, voters);
    const { executableAt } = await registry().read<{ executableAt: number }>('proposal', proposal);
    await pass(consortium.chain, PERIOD + 1);
    expect(await registry().refusal(core().operator, 'execute', proposal)).toMatchObject({
      name: 'ProposalLapsed',
      args: { proposal, executableUntil: BigInt(executableAt + PERIOD) },
    });
  });

  it('refuses what the world has overtaken', async () => {
    const [first, second] = [await suspend(), await suspend()];
    for (const proposal of [first, second]) await approve(consortium, proposal, voters);
    await registry().send(core().operator, 'execute', first);
    expect(await registry().refusal(core().operator, 'execute', second)).toEqual({
      name: 'MemberNotActive',
      args: { member: consortium.member('supplier-2').id, status: 2 },
    });
  });
});

describe('two thirds of each chamber', () => {
  const SIZES = { core: 3, supplier: 12, bank: 4 };
  const many = (count: number, of: (name: string) => MemberPlan, name: string) =>
    Array.from({ length: count }, (_, i) => of(`${name}-${i + 1}`));
  let large: Consortium;
  beforeAll(async () => {
    large = await deployConsortium({
      registries: [],
      plan: [
        ...many(SIZES.core, coreEnterprise, 'core'),
        ...many(SIZES.supplier, supplier, 'supplier'),
        ...many(SIZES.bank, bank, 'bank'),
      ],
    });
  });
  beforeEach(() => large.reset());

  /** Whether so many approvals of each chamber pass a proposal. */
  async function passes(cores: number, suppliers: number, banks: number): Promise<boolean> {
    const proposal = await propose(large, 'SUSPEND', large.member('bank-4').id);
    const first = (name: string, count: number) =>
      large.members.filter((one) => one.name.startsWith(name)).slice(0, count);
    await approve(large, proposal, [...first('core', cores), ...first('supplier', suppliers), ...first('bank', banks)]);
    const { executableAt } = await large
      .registry('MemberRegistry')
      .read<{ executableAt: number }>('proposal', proposal);
    return executableAt !== 0;
  }

  it('is what it takes, rounded up', async () => {
    expect(await passes(2, 8, 3)).toBe(true);
  });

  it.each<[string, number, number, number]>([
    ['suppliers alone, however many', 0, 12, 0],
    ['core enterprises alone', 3, 0, 0],
    ['lenders alone', 0, 0, 4],
    ['two chambers without the third', 3, 12, 0],
    ['one core enterprise short', 1, 12, 4],
    ['one supplier short', 3, 7, 4],
    ['one lender short', 3, 12, 2],
  ])('is not reached by %s', async (_, ...approvals) => {
    expect(await passes(...approvals)).toBe(false);
  });
});
