import { PROFILES, Profiles } from '../../documents/index.js';
import type { Hex } from '../../kernel/hex.js';
import type { GrantOpening } from '../domain/grant.js';
import { commitmentOf } from './grant-commitment.js';
import { TakeGrant } from './take-grant.js';

const id = (byte: string): Hex => `0x${byte.repeat(32)}`;
const [MAKER, SELF] = [1, 3];

/** What this member, which has these roles, takes in of a grant for the purpose that the chain bears. */
async function taken(purpose: string, roles: string[]): Promise<string[]> {
  const opening: GrantOpening = {
    ...{ id: id('0a'), maker: MAKER, grantee: SELF, object: id('0b'), onOrder: true, purpose, profile: 1 },
    ...{ fields: [''], from: 0, until: 100, financing: null, seed: id('0c') },
  };
  const kept: string[] = [];
  const taking = new TakeGrant(
    { self: () => Promise.resolve({ id: SELF, roles }) } as never,
    new Profiles([{ purpose: 'LICENSED', version: 1, patterns: [''], roles: ['LENDER', 'AUDITOR'] }]),
    { find: () => Promise.resolve({ commitment: commitmentOf(opening) }) } as never,
    {} as never,
    { now: () => 1 } as never,
    {
      displace: () => Promise.resolve(),
      add: (grant: GrantOpening) => Promise.resolve(kept.push(grant.purpose) > 0),
    } as never,
  );
  await taking.given(MAKER, opening, null);
  return kept;
}

it.each<[string, string[]]>([
  [PROFILES.AUDIT.purpose, ['AUDITOR']],
  [PROFILES.CREDIT_DECISION.purpose, ['LENDER']],
  ['LICENSED', ['SUPPLIER', 'LENDER']],
])('takes a grant for %s as a member that is %j', async (purpose, roles) => {
  expect(await taken(purpose, roles)).toEqual([purpose]);
});

// Or an owner could show everything to anybody, alone, by calling it an audit.
it.each<[string, string[]]>([
  [PROFILES.AUDIT.purpose, ['LENDER']],
  [PROFILES.AUDIT.purpose, []],
  ['LICENSED', ['SUPPLIER']],
])('takes none for %s as a member that is %j', async (purpose, roles) => {
  await expect(taken(purpose, roles)).rejects.toMatchObject({ code: 'GRANT_INVALID', facts: { purpose } });
});
