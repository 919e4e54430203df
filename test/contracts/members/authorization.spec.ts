import { type Consortium, deployConsortium } from '../support/consortium.js';
import { ROLE, bank, core, supplier } from '../support/plan.js';
import { decide } from '../support/votes.js';

let consortium: Consortium;
beforeAll(async () => {
  consortium = await deployConsortium({ registries: [] });
});
beforeEach(() => consortium.reset());

const registry = () => consortium.registry('MemberRegistry');
const authorize = (name: string, role: number, counterparty: number, counterpartyRole: number) =>
  [consortium.member(name).operator.address, role, counterparty, counterpartyRole] as const;

describe('authorize', () => {
  it.each<[string, number]>([
    ['core', ROLE.CORE_ENTERPRISE],
    ['supplier-1', ROLE.SUPPLIER],
    ['bank-a', ROLE.LENDER],
    ['carrier', ROLE.CARRIER],
    ['auditor', ROLE.AUDITOR],
  ])('lets %s act in its role and in no other', async (name, role) => {
    const { id, operator } = consortium.member(name);
    for (const asked of Object.values(ROLE)) {
      const args = [operator.address, asked, 0, 0];
      if (asked === role) expect(await registry().read('authorize', ...args)).toBe(id);
      else
        expect(await registry().readRefusal('authorize', ...args)).toEqual({
          name: 'MemberMissingRole',
          args: { member: id, roles: role, required: asked },
        });
    }
  });

  it('asks for no role when it is 0, and for one of several when they are given', async () => {
    expect(await registry().read('authorize', ...authorize('core', 0, 0, 0))).toBe(1);
    expect(await registry().read('authorize', ...authorize('core', ROLE.CORE_ENTERPRISE | ROLE.SUPPLIER, 0, 0))).toBe(
      1,
    );
  });

  it('asks the same of the counterparty', async () => {
    const { id } = consortium.member('supplier-1');
    expect(await registry().read('authorize', ...authorize('core', 1, id, ROLE.SUPPLIER))).toBe(1);
    expect(await registry().readRefusal('authorize', ...authorize('core', 1, id, ROLE.LENDER))).toEqual({
      name: 'MemberMissingRole',
      args: { member: id, roles: ROLE.SUPPLIER, required: ROLE.LENDER },
    });
    expect(await registry().readRefusal('authorize', ...authorize('core', 1, 99, 0))).toEqual({
      name: 'MemberNotActive',
      args: { member: 99, status: 0 },
    });
  });

  it('refuses admins and strangers', async () => {
    for (const { address: account } of [consortium.member('core').admin, consortium.stranger()]) {
      expect(await registry().readRefusal('authorize', account, 0, 0, 0)).toEqual({
        name: 'MemberUnknownOperator',
        args: { account },
      });
    }
  });
});

describe('a suspended member (rule 10)', () => {
  beforeEach(() => decide(consortium, 'SUSPEND', consortium.member('supplier-1').id));

  it('begins nothing, on either side', async () => {
    const { id: member, operator } = consortium.member('supplier-1');
    const refused = { name: 'MemberNotActive', args: { member, status: 2 } };
    expect(await registry().readRefusal('authorize', operator.address, ROLE.SUPPLIER, 0, 0)).toEqual(refused);
    expect(await registry().readRefusal('authorize', ...authorize('core', 1, member, 0))).toEqual(refused);
    expect(await registry().readRefusal('requireActive', member, 0)).toEqual(refused);
    expect(await registry().readRefusal('requireMayBegin', operator.address)).toEqual(refused);
  });

  it('is still known by its operator, for its duties', async () => {
    const { id, operator } = consortium.member('supplier-1');
    expect(await registry().read('memberOfSigner', operator.address)).toBe(id);
  });

  it('begins again once reinstated', async () => {
    const { id, operator } = consortium.member('supplier-1');
    await decide(consortium, 'REINSTATE', id);
    expect(await registry().read('authorize', operator.address, ROLE.SUPPLIER, 0, 0)).toBe(id);
  });
});

describe('standings, 32 members a slot', () => {
  let large: Consortium;
  const suppliers = Array.from({ length: 32 }, (_, i) => supplier(`supplier-${i + 1}`));
  beforeAll(async () => {
    large = await deployConsortium({ registries: [], plan: [core('core'), bank('bank'), ...suppliers] });
  });

  it('are told apart at the edges of a slot', async () => {
    const { operator } = large.member('core');
    const may = (member: number) =>
      large.registry('MemberRegistry').read('authorize', operator.address, 1, member, ROLE.SUPPLIER);
    await decide(large, 'SUSPEND', 32);
    for (const member of [3, 31, 33, 34]) expect(await may(member)).toBe(1);
    await expect(may(32)).rejects.toThrow('MemberNotActive(32, 2)');
    await decide(large, 'REINSTATE', 32);
    await decide(large, 'SUSPEND', 33);
    for (const member of [31, 32, 34]) expect(await may(member)).toBe(1);
    await expect(may(33)).rejects.toThrow('MemberNotActive(33, 2)');
    await expect(may(64)).rejects.toThrow('MemberNotActive(64, 0)');
  });
});

describe('requireMayBegin', () => {
  it('lets one-time accounts, operators and admins of active members through', async () => {
    const { admin, operator } = consortium.member('bank-a');
    for (const account of [consortium.stranger(), admin, operator])
      await expect(registry().read('requireMayBegin', account.address)).resolves.toEqual({});
  });

  it('lets no admin through that was replaced, and its successor', async () => {
    const { id, admin } = consortium.member('bank-a');
    const successor = consortium.stranger();
    await decide(consortium, 'REPLACE_ADMIN', id, successor.address);
    expect(await registry().readRefusal('requireMayBegin', admin.address)).toEqual({
      name: 'MemberUnknownAdmin',
      args: { account: admin.address },
    });
    await expect(registry().read('requireMayBegin', successor.address)).resolves.toEqual({});
  });

  it('lets no admin of a suspended member through', async () => {
    const { id, admin } = consortium.member('bank-a');
    await decide(consortium, 'SUSPEND', id);
    expect(await registry().readRefusal('requireMayBegin', admin.address)).toEqual({
      name: 'MemberNotActive',
      args: { member: id, status: 2 },
    });
  });
});
