import { AbiCoder, ZeroHash, id as hash, keccak256 } from 'ethers';
import { type Consortium, type TestMember, deployConsortium, messageKey, tagKey } from '../support/consortium.js';
import { KEY_KIND } from '../support/plan.js';
import { decide } from '../support/votes.js';

let consortium: Consortium;
let core: TestMember;
beforeAll(async () => {
  consortium = await deployConsortium({ registries: [] });
  core = consortium.member('core');
});
beforeEach(() => consortium.reset());

const registry = () => consortium.registry('MemberRegistry');
const keyId = async (member: number, kind: number, publicKey: string) =>
  keccak256(
    AbiCoder.defaultAbiCoder().encode(
      ['bytes32', 'uint32', 'uint8', 'bytes'],
      [await registry().read('domainSeparator'), member, kind, publicKey],
    ),
  );

describe('addKey', () => {
  it.each([KEY_KIND.MESSAGE_SIGNING, KEY_KIND.MESSAGE_ENCRYPTION])('adds a message key of kind %i', async (kind) => {
    const publicKey = messageKey(99);
    const key = await keyId(core.id, kind, publicKey);
    const { events, block } = await registry().send(core.admin, 'addKey', kind, publicKey);
    expect(events).toEqual([{ name: 'KeyAdded', args: { member: core.id, key, kind, number: 0, publicKey } }]);
    expect(await registry().read('key', key)).toEqual({
      member: core.id,
      kind,
      number: 0,
      addedAt: block,
      revokedAt: 0,
      inDoubtFrom: 0,
    });
    expect(await registry().read('tagKeys', core.id)).toBe(1);
  });

  it('numbers tag keys', async () => {
    const { events } = await registry().send(core.admin, 'addKey', KEY_KIND.TAG, tagKey(99));
    expect(events[0]!.args).toMatchObject({ number: 2 });
    expect(await registry().read('tagKeys', core.id)).toBe(2);
    expect(await registry().read('key', await keyId(core.id, KEY_KIND.TAG, tagKey(99)))).toMatchObject({ number: 2 });
  });

  it('gives the same public key of two members two ids', async () => {
    const other = consortium.member('bank-a');
    const publicKey = messageKey(core.id);
    await registry().send(other.admin, 'addKey', KEY_KIND.MESSAGE_SIGNING, publicKey);
    expect(await registry().read('key', await keyId(other.id, 1, publicKey))).toMatchObject({ member: other.id });
    expect(await registry().read('key', await keyId(core.id, 1, publicKey))).toMatchObject({ member: core.id });
  });

  it.each([
    [KEY_KIND.MESSAGE_SIGNING, 31],
    [KEY_KIND.MESSAGE_ENCRYPTION, 48],
    [KEY_KIND.TAG, 32],
    [KEY_KIND.TAG, 96],
    [0, 32],
    [4, 32],
    [4, 0],
  ])('refuses kind %i with %i bytes', async (kind, length) => {
    expect(await registry().refusal(core.admin, 'addKey', kind, `0x${'ab'.repeat(length)}`)).toEqual({
      name: 'KeyInvalid',
      args: { kind, length: BigInt(length) },
    });
  });

  it('refuses a key that the member has had', async () => {
    const key = await keyId(core.id, KEY_KIND.TAG, tagKey(core.id));
    await registry().send(core.admin, 'revokeKey', key, 0);
    expect(await registry().refusal(core.admin, 'addKey', KEY_KIND.TAG, tagKey(core.id))).toEqual({
      name: 'KeyExists',
      args: { key },
    });
  });
});

describe('revokeKey', () => {
  it('marks the key, and a tag key keeps its number', async () => {
    const key = await keyId(core.id, KEY_KIND.TAG, tagKey(core.id));
    const { events, block } = await registry().send(core.admin, 'revokeKey', key, 2);
    expect(events).toEqual([{ name: 'KeyRevoked', args: { member: core.id, key, inDoubtFrom: 2 } }]);
    expect(await registry().read('key', key)).toMatchObject({ number: 1, revokedAt: block, inDoubtFrom: 2 });
    expect(await registry().read('tagKeys', core.id)).toBe(1);
  });

  it('refuses a second time', async () => {
    const key = await keyId(core.id, KEY_KIND.MESSAGE_SIGNING, messageKey(core.id));
    const { block: revokedAt } = await registry().send(core.admin, 'revokeKey', key, 0);
    expect(await registry().refusal(core.admin, 'revokeKey', key, 0)).toEqual({
      name: 'KeyAlreadyRevoked',
      args: { key, revokedAt },
    });
  });

  it("refuses another member's key and an unknown one", async () => {
    const theirs = await keyId(2, KEY_KIND.MESSAGE_SIGNING, messageKey(2));
    for (const key of [theirs, ZeroHash]) {
      expect(await registry().refusal(core.admin, 'revokeKey', key, 0)).toEqual({
        name: 'KeyUnknown',
        args: { member: core.id, key },
      });
    }
  });

  it('refuses a doubt from a block to come', async () => {
    const key = await keyId(core.id, KEY_KIND.MESSAGE_SIGNING, messageKey(core.id));
    expect(await registry().refusal(core.admin, 'revokeKey', key, 10_000)).toMatchObject({
      name: 'MemberInvalidDoubt',
      args: { inDoubtFrom: 10_000 },
    });
  });
});

describe('profile', () => {
  it('changes the endpoint', async () => {
    const endpoint = 'https://elsewhere.test';
    const { events } = await registry().send(core.admin, 'setEndpoint', endpoint);
    expect(events).toEqual([{ name: 'EndpointChanged', args: { member: core.id, endpoint } }]);
  });

  it.each([0, 257])('refuses an endpoint of %i bytes', async (length) => {
    expect(await registry().refusal(core.admin, 'setEndpoint', 'e'.repeat(length))).toEqual({
      name: 'MemberInvalidEndpoint',
      args: { length: BigInt(length) },
    });
  });

  it('registers many legal entities a member, one member an entity', async () => {
    const [lei, vat] = [hash('LEI'), hash('VAT')];
    const { events } = await registry().send(core.admin, 'registerEntity', lei);
    await registry().send(core.admin, 'registerEntity', vat);
    expect(events).toEqual([{ name: 'LegalEntityRegistered', args: { member: core.id, entity: lei } }]);
    expect(await registry().read('memberOfEntity', vat)).toBe(core.id);
    expect(await registry().refusal(consortium.member('bank-a').admin, 'registerEntity', lei)).toEqual({
      name: 'MemberEntityTaken',
      args: { entity: lei, member: core.id },
    });
  });

  it('registers no entity for a suspended member, which keeps its endpoint and keys going (rule 10)', async () => {
    const { id: member, admin } = consortium.member('supplier-1');
    await decide(consortium, 'SUSPEND', member);
    expect(await registry().refusal(admin, 'registerEntity', hash('LEI'))).toEqual({
      name: 'MemberNotActive',
      args: { member, status: 2 },
    });
    await registry().send(admin, 'setEndpoint', 'https://moved.test');
    await registry().send(admin, 'addKey', KEY_KIND.MESSAGE_SIGNING, messageKey(99));
  });
});
