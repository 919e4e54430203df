import { ZeroAddress } from 'ethers';
import { type Consortium, deployConsortium } from '../support/consortium.js';
import { CHAMBER, ROLE } from '../support/plan.js';
import { type Kind, approve, decide, propose, proposalOf } from '../support/votes.js';

let consortium: Consortium;
beforeAll(async () => {
  consortium = await deployConsortium({ registries: [] });
});
beforeEach(() => consortium.reset());

const registry = () => consortium.registry('MemberRegistry');
const refusal = (kind: Kind, ...values: readonly unknown[]) =>
  registry().refusal(consortium.member('core').operator, 'propose', ...proposalOf(kind, ...values));

/** Events of the execution of a proposal that every member of a chamber approved, without its own closing one. */
async function effects(kind: Kind, ...values: readonly unknown[]) {
  const proposal = await propose(consortium, kind, ...values);
  const voters = consortium.members.filter(({ chamber }) => chamber !== 0);
  await approve(consortium, proposal, voters);
  const { events } = await registry().send(consortium.stranger(), 'execute', proposal);
  expect(events[0]).toEqual({ name: 'ProposalExecuted', args: { proposal } });
  return events.slice(1);
}

describe('admission', () => {
  const admission = (change: Partial<Record<'admin' | 'roles' | 'chamber' | 'name' | 'endpoint', unknown>> = {}) => ({
    admin: consortium.stranger().address,
    roles: ROLE.LENDER,
    chamber: CHAMBER.LENDERS,
    name: 'bank-c',
    endpoint: 'https://bank-c.test',
    ...change,
  });

  it('gives the next number, a seat and a vote on what comes', async () => {
    const one = admission();
    const { admin, roles, chamber, name, endpoint } = one;
    expect(await effects('ADMIT', one)).toEqual([
      { name: 'MemberAdmitted', args: { member: 8, admin, roles, chamber, name } },
      { name: 'EndpointChanged', args: { member: 8, endpoint } },
    ]);
    expect(await registry().read('member', 8)).toMatchObject({ admin, status: 1, votingSince: 1, tagKeys: 0 });
    expect(await registry().read('chamberSizes')).toEqual([1, 2, 3]);
  });

  it('gives no seat to a member without a chamber', async () => {
    await effects('ADMIT', admission({ roles: ROLE.INSPECTOR, chamber: CHAMBER.NONE, name: 'inspector' }));
    expect(await registry().read('chamberSizes')).toEqual([1, 2, 2]);
  });

  it('is refused for what could not be', async () => {
    const { operator } = consortium.member('core');
    expect(await refusal('ADMIT', admission({ admin: operator.address }))).toMatchObject({
      name: 'MemberAccountTaken',
    });
    expect(await refusal('ADMIT', admission({ admin: ZeroAddress }))).toMatchObject({ name: 'MemberAccountTaken' });
    expect(await refusal('ADMIT', admission({ roles: 0 }))).toMatchObject({ name: 'MemberInvalidRoles' });
    expect(await refusal('ADMIT', admission({ chamber: 2 }))).toMatchObject({ name: 'MemberInvalidChamber' });
    expect(await refusal('ADMIT', admission({ name: 'Bank C' }))).toMatchObject({ name: 'MemberInvalidName' });
    expect(await refusal('ADMIT', admission({ name: 'bank-b' }))).toMatchObject({ name: 'MemberNameTaken' });
    expect(await refusal('ADMIT', admission({ endpoint: '' }))).toMatchObject({ name: 'MemberInvalidEndpoint' });
  });

  it('admits the first of two proposals for one name', async () => {
    const [first, second] = [
      await propose(consortium, 'ADMIT', admission()),
      await propose(consortium, 'ADMIT', admission()),
    ];
    const voters = consortium.members.filter(({ chamber }) => chamber !== 0);
    for (const proposal of [first, second]) await approve(consortium, proposal, voters);
    await registry().send(consortium.stranger(), 'execute', second);
    expect(await registry().refusal(consortium.stranger(), 'execute', first)).toEqual({
      name: 'MemberNameTaken',
      args: { name: 'bank-c', member: 8 },
    });
  });
});

describe('suspension and reinstatement', () => {
  it('take the seat and give it back', async () => {
    const { id: member } = consortium.member('bank-b');
    expect(await effects('SUSPEND', member)).toEqual([{ name: 'MemberSuspended', args: { member } }]);
    expect(await registry().read('chamberSizes')).toEqual([1, 2, 1]);
    expect(await registry().read('member', member)).toMatchObject({ status: 2 });
    await decide(consortium, 'REINSTATE', member);
    expect(await registry().read('chamberSizes')).toEqual([1, 2, 2]);
    expect(await registry().read('member', member)).toMatchObject({ status: 1, votingSince: 2 });
  });

  it('leave the chambers alone for a member without one', async () => {
    const { id: member } = consortium.member('carrier');
    expect(await effects('SUSPEND', member)).toHaveLength(1);
    expect(await effects('REINSTATE', member)).toEqual([{ name: 'MemberReinstated', args: { member } }]);
    expect(await registry().read('chamberSizes')).toEqual([1, 2, 2]);
  });

  it('never empty a chamber', async () => {
    const { id: member } = consortium.member('core');
    expect(await refusal('SUSPEND', member)).toEqual({ name: 'MemberLastOfChamber', args: { member, chamber: 1 } });
    const voters = consortium.members.filter(({ chamber }) => chamber !== 0);
    const proposals = [];
    for (const name of ['bank-a', 'bank-b'])
      proposals.push(await propose(consortium, 'SUSPEND', consortium.member(name).id));
    for (const proposal of proposals) await approve(consortium, proposal, voters);
    await registry().send(consortium.stranger(), 'execute', proposals[0]);
    expect(await registry().refusal(consortium.stranger(), 'execute', proposals[1])).toEqual({
      name: 'MemberLastOfChamber',
      args: { member: consortium.member('bank-b').id, chamber: 3 },
    });
  });

  it('are refused where they change nothing', async () => {
    const { id: member } = consortium.member('supplier-1');
    expect(await refusal('REINSTATE', member)).toEqual({ name: 'MemberNotSuspended', args: { member } });
    await decide(consortium, 'SUSPEND', member);
    expect(await refusal('SUSPEND', member)).toEqual({ name: 'MemberNotActive', args: { member, status: 2 } });
  });
});

describe('roles', () => {
  it('change, as long as they cover the chamber', async () => {
    const { id: member } = consortium.member('supplier-1');
    const roles = ROLE.SUPPLIER | ROLE.CORE_ENTERPRISE;
    expect(await effects('SET_ROLES', member, roles)).toEqual([
      { name: 'MemberRolesChanged', args: { member, roles } },
    ]);
    expect(await registry().read('member', member)).toMatchObject({ roles, chamber: CHAMBER.SUPPLIERS });
    expect(await refusal('SET_ROLES', member, ROLE.LENDER)).toEqual({
      name: 'MemberInvalidChamber',
      args: { chamber: CHAMBER.SUPPLIERS, roles: ROLE.LENDER },
    });
    expect(await refusal('SET_ROLES', member, 64)).toEqual({ name: 'MemberInvalidRoles', args: { roles: 64 } });
  });
});

describe('a lost admin key', () => {
  it('is replaced, and the old one has no say any more and is nobody else’s', async () => {
    const { id: member, admin: old } = consortium.member('core');
    const admin = consortium.stranger();
    expect(await effects('REPLACE_ADMIN', member, admin.address)).toEqual([
      { name: 'MemberAdminReplaced', args: { member, admin: admin.address } },
    ]);
    await registry().send(admin, 'setEndpoint', 'https://new.test');
    expect(await registry().refusal(old, 'setEndpoint', 'https://old.test')).toEqual({
      name: 'MemberUnknownAdmin',
      args: { account: old.address },
    });
    expect(await registry().read('memberOfAdmin', old.address)).toBe(0);
    expect(await refusal('REPLACE_ADMIN', consortium.member('bank-a').id, old.address)).toEqual({
      name: 'MemberAccountTaken',
      args: { account: old.address, member },
    });
  });
});

describe('a legal entity', () => {
  const entity = `0x${'e1'.repeat(32)}`;
  const register = (name: string) => registry().send(consortium.member(name).admin, 'registerEntity', entity);
  const idOf = (name: string) => consortium.member(name).id;

  it('is taken from who registered it first, who cannot register it again', async () => {
    await register('core');
    expect(await effects('REMOVE_ENTITY', entity, idOf('core'), 0)).toEqual([
      { name: 'LegalEntityRemoved', args: { member: idOf('core'), entity } },
    ]);
    expect(await registry().read('memberOfEntity', entity)).toBe(0);
    expect(await registry().refusal(consortium.member('core').admin, 'registerEntity', entity)).toEqual({
      name: 'MemberEntityLost',
      args: { entity, member: idOf('core') },
    });
    await register('bank-a');
    expect(await registry().read('memberOfEntity', entity)).toBe(idOf('bank-a'));
  });

  it('goes to whom the vote names, and back by vote alone', async () => {
    await register('core');
    const [core, bank] = [idOf('core'), idOf('bank-a')];
    expect(await effects('REMOVE_ENTITY', entity, core, bank)).toEqual([
      { name: 'LegalEntityRemoved', args: { member: core, entity } },
      { name: 'LegalEntityRegistered', args: { member: bank, entity } },
    ]);
    await effects('REMOVE_ENTITY', entity, bank, core);
    expect(await registry().read('memberOfEntity', entity)).toBe(core);
  });

  it('is not taken from who has it not, nor given to who has it or may begin nothing', async () => {
    const [core, bank] = [idOf('core'), idOf('bank-a')];
    expect(await refusal('REMOVE_ENTITY', entity, core, 0)).toEqual({
      name: 'MemberEntityNotHeld',
      args: { entity, member: core, holder: 0 },
    });
    expect(await refusal('REMOVE_ENTITY', entity, 0, core)).toMatchObject({ name: 'MemberEntityNotHeld' });
    await register('core');
    expect(await refusal('REMOVE_ENTITY', entity, bank, 0)).toMatchObject({ args: { holder: core } });
    expect(await refusal('REMOVE_ENTITY', entity, core, core)).toMatchObject({ name: 'MemberEntityTaken' });
    expect(await refusal('REMOVE_ENTITY', entity, core, 99)).toMatchObject({ name: 'MemberNotActive' });
    await decide(consortium, 'SUSPEND', bank);
    expect(await refusal('REMOVE_ENTITY', entity, core, bank)).toMatchObject({ name: 'MemberNotActive' });
  });

  it('stays with whoever came by it after the proposal was made', async () => {
    await register('core');
    const [core, bank] = [idOf('core'), idOf('bank-a')];
    const late = await propose(consortium, 'REMOVE_ENTITY', entity, core, 0);
    await approve(
      consortium,
      late,
      consortium.members.filter(({ chamber }) => chamber !== 0),
    );
    await effects('REMOVE_ENTITY', entity, core, bank);
    expect(await registry().refusal(consortium.stranger(), 'execute', late)).toEqual({
      name: 'MemberEntityNotHeld',
      args: { entity, member: core, holder: bank },
    });
  });
});

it.each<[Kind, ...unknown[]]>([
  ['SUSPEND', 99],
  ['REINSTATE', 99],
  ['SET_ROLES', 99, 1],
  ['REPLACE_ADMIN', 99, ZeroAddress],
])('%s is refused for a number that nobody has', async (kind, ...values) => {
  expect(await refusal(kind, ...values)).toEqual({ name: 'MemberUnknown', args: { member: 99 } });
});
