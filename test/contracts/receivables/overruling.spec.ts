import { ZeroHash } from 'ethers';
import { DAY } from '../orders/trade.js';
import { CHAMBER } from '../support/plan.js';
import { approve, propose, proposalOf, random32 } from '../support/votes.js';
import { Desk, ENCUMBRANCE } from './desk.js';

let desk: Desk;
let receivable: string;
beforeAll(async () => {
  desk = await Desk.open();
});
beforeEach(async () => {
  await desk.reset();
  receivable = await desk.confirmed();
  await desk.reserve(receivable);
  await desk.disburse(receivable);
  await desk.noticed(receivable);
});

const consortium = () => desk.trade.consortium;
const members = () => consortium().registry('MemberRegistry');
const lenders = () => consortium().members.filter(({ chamber }) => chamber === CHAMBER.LENDERS);
const settle = () => desk.receivables.send(desk.lenderOf(receivable), 'settle', receivable, []);
const demand = () => desk.receivables.send(desk.holderOf(receivable), 'demandRelease', receivable, random32());
const refusedDemand = (by = desk.holderOf(receivable), commitment = random32()) =>
  desk.receivables.refusal(by, 'demandRelease', receivable, commitment);
const payload = () => [desk.receivables.address, receivable] as const;
const refusedProposal = () =>
  members().refusal(consortium().members[0]!.operator, 'propose', ...proposalOf('OVERRULE_LENDER', ...payload()));

describe('a demand to release', () => {
  it.each(['holder', 'buyer', 'supplier'] as const)('is the %s’s', async (who) => {
    await settle();
    const by = who === 'holder' ? desk.holderOf(receivable) : desk[who].operator;
    const { events } = await desk.receivables.send(by, 'demandRelease', receivable, random32());
    expect(events.map(({ name }) => name)).toEqual(['ReleaseDemanded']);
    expect((await refusedDemand()).name).toBe('ReleaseAlreadyDemanded');
  });

  it('is nobody else’s, comes once, after settlement, and gives the lender ten days', async () => {
    expect(await refusedDemand()).toEqual({ name: 'ReceivableNotSettled', args: { receivable, status: 2 } });
    await settle();
    for (const other of [desk.lenderOf(receivable), desk.stranger(), desk.buyer.admin])
      expect((await refusedDemand(other)).name).toBe('MemberUnknownOperator');
    const { id: member, operator } = consortium().member('bank-a');
    expect(await refusedDemand(operator)).toEqual({ name: 'ReceivableUnauthorized', args: { receivable, member } });
    expect((await refusedDemand(undefined, ZeroHash)).name).toBe('ReceivableCommitmentMissing');
    const { events, time } = await demand();
    expect(events).toMatchObject([{ name: 'ReleaseDemanded', args: { receivable, overrulableFrom: time + 10 * DAY } }]);
    expect(await desk.receivables.read('overrulableFrom', receivable)).toBe(time + 10 * DAY);
    expect((await refusedDemand()).name).toBe('ReleaseAlreadyDemanded');
  });

  it('is of a claim that stands', async () => {
    await settle();
    await desk.receivables.send(desk.lenderOf(receivable), 'release', receivable, random32());
    expect((await refusedDemand()).name).toBe('EncumbranceInvalidTransition');
  });
});

describe('a silent lender', () => {
  it('is put to the vote neither before settlement, nor before ten days have passed since the demand', async () => {
    expect((await refusedProposal()).name).toBe('ReceivableNotSettled');
    await settle();
    expect(await refusedProposal()).toMatchObject({ name: 'LenderNotSilent', args: { overrulableFrom: 0 } });
    await demand();
    await desk.trade.pass(10 * DAY - 60);
    expect((await refusedProposal()).name).toBe('LenderNotSilent');
    await desk.trade.pass(61);
    await propose(consortium(), 'OVERRULE_LENDER', ...payload());
  });

  it('is overruled by two thirds of the lenders alone', async () => {
    await settle();
    await demand();
    await desk.trade.pass(10 * DAY + 1);
    const proposal = await propose(consortium(), 'OVERRULE_LENDER', ...payload());
    const others = consortium().members.filter(({ chamber }) => chamber !== 0 && chamber !== CHAMBER.LENDERS);
    await approve(consortium(), proposal, others);
    const execution = ['execute', proposal] as const;
    const anyone = consortium().members[0]!.operator;
    expect((await members().refusal(anyone, ...execution)).name).toBe('ProposalNotPassed');
    await approve(consortium(), proposal, lenders());
    await members().send(anyone, ...execution);
    expect(await desk.stateOf(receivable)).toBe(ENCUMBRANCE.NONE);
    const [order] = await desk.ordersOf(receivable);
    expect((await desk.trade.order(order!)).encumberedDescendants).toBe(0);
  });

  it('who releases meanwhile is not', async () => {
    await settle();
    await demand();
    await desk.trade.pass(10 * DAY + 1);
    const proposal = await propose(consortium(), 'OVERRULE_LENDER', ...payload());
    await approve(consortium(), proposal, lenders());
    await desk.receivables.send(desk.lenderOf(receivable), 'release', receivable, random32());
    const refused = await members().refusal(consortium().members[0]!.operator, 'execute', proposal);
    expect(refused.name).toBe('EncumbranceInvalidTransition');
  });

  it('is overruled by nobody’s own call', async () => {
    await settle();
    await demand();
    await desk.trade.pass(10 * DAY + 1);
    for (const by of [desk.holderOf(receivable), lenders()[0]!.operator, desk.buyer.admin])
      expect(await desk.receivables.refusal(by, 'overrule', receivable)).toEqual({
        name: 'OverruleUnauthorized',
        args: { caller: by.address },
      });
  });
});
