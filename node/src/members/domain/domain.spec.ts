import { AbiCoder } from 'ethers';
import fc from 'fast-check';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';
import { keccak256Hex } from '../../kernel/keccak.js';
import { decodeFields, encodeFields } from './abi-fields.js';
import { inDoubtAt, liveAt } from './key-life.js';
import { keyKindOf } from './key-kinds.js';
import { hashEntity } from './legal-entity.js';
import { executableUntil, statusAt } from './proposal-status.js';
import { decodePayload, encodePayload, proposalKindOf } from './proposals.js';
import { maskOf, rolesOf } from './roles.js';

const abi = AbiCoder.defaultAbiCoder();
const ADMIN = `0x${'ad'.repeat(20)}` as Hex;
const HASH = `0x${'c0'.repeat(32)}` as Hex;

describe('payloads of proposals', () => {
  const admission = { admin: ADMIN, roles: 5, chamber: 3, name: 'bank-c', endpoint: 'https://größe.example' };
  const upgrade = { proxy: ADMIN, implementation: ADMIN, codeHash: HASH, migration: '0x1234' };

  it.each([
    ['ADMIT', admission, ['tuple(address,uint8,uint8,string,string)'], [Object.values(admission)]],
    ['SUSPEND', { member: 7 }, ['uint32'], [7]],
    ['SET_ROLES', { member: 7, roles: 63 }, ['uint32', 'uint8'], [7, 63]],
    ['REPLACE_ADMIN', { member: 7, admin: ADMIN }, ['uint32', 'address'], [7, ADMIN]],
    ['REMOVE_ENTITY', { entity: HASH, member: 7, newMember: 0 }, ['bytes32', 'uint32', 'uint32'], [HASH, 7, 0]],
    ['OVERRULE_LENDER', { registry: ADMIN, receivable: HASH }, ['address', 'bytes32'], [ADMIN, HASH]],
    ['UPGRADE', upgrade, ['address', 'address', 'bytes32', 'bytes'], Object.values(upgrade)],
  ] as const)('%s are what Solidity encodes', (kind, values, types, args) => {
    const payload = encodePayload(kind, values);
    expect(payload).toBe(abi.encode(types, args));
    expect(decodePayload(kind, payload)).toEqual(values);
    expect(decodePayload(kind, `${payload}00`)).toBeNull();
    expect(decodePayload(kind, '0x')).toBeNull();
  });

  it('are known by their numbers', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8].map(proposalKindOf)).toEqual([
      'ADMIT',
      'SUSPEND',
      'REINSTATE',
      'SET_ROLES',
      'REPLACE_ADMIN',
      'UPGRADE',
      'REMOVE_ENTITY',
      'OVERRULE_LENDER',
    ]);
    expect(() => proposalKindOf(99)).toThrow(RangeError);
  });

  it('decode to what was encoded, whatever it is', () => {
    const types = ['uint', 'string', 'bytes', 'bytes32'] as const;
    const bytes = (size: object) => fc.uint8Array(size).map((value) => toHex(value));
    const values = fc.tuple(
      fc.maxSafeNat(),
      fc.string({ unit: 'grapheme' }),
      bytes({}),
      bytes({ minLength: 32, maxLength: 32 }),
    );
    fc.assert(
      fc.property(values, (given) => {
        const data = encodeFields(types, given);
        expect(toHex(data)).toBe(abi.encode(['uint256', 'string', 'bytes', 'bytes32'], given));
        expect(decodeFields(types, data)).toEqual(given);
      }),
    );
  });
});

it('hashes a legal entity as the registry’s interface says', () => {
  const expected = keccak256Hex(toBytes(abi.encode(['bytes32', 'string', 'string'], [HASH, '0088', 'ABC1']) as Hex));
  expect(hashEntity(HASH, '0088: abc 1')).toBe(expected);
});

it('counts a key from the block of its adding to the one before its revocation', () => {
  const key = { added_block: 5, revoked_block: 9, doubt_block: 7 };
  expect([4, 5, 8, 9].map((block) => liveAt(key, block))).toEqual([false, true, true, false]);
  expect([6, 7, 9].map((block) => inDoubtAt(key, block))).toEqual([false, true, true]);
  expect(liveAt({ ...key, revoked_block: null }, 1e9)).toBe(true);
  expect(inDoubtAt({ ...key, doubt_block: null }, 1e9)).toBe(false);
});

it('reads roles and kinds of keys', () => {
  expect(rolesOf(5)).toEqual(['CORE_ENTERPRISE', 'LENDER']);
  expect(maskOf(rolesOf(63))).toBe(63);
  expect([1, 2, 3].map(keyKindOf)).toEqual(['MESSAGE_SIGNING', 'MESSAGE_ENCRYPTION', 'TAG']);
  expect(() => keyKindOf(4)).toThrow(RangeError);
});

it('tells a proposal’s state by block time', () => {
  const voting = { created_at: 100, voting_ends: 200, executable_at: null, executed_block: null };
  expect([100, 200, 201].map((now) => statusAt(voting, now))).toEqual(['VOTING', 'VOTING', 'LAPSED']);
  const passed = { ...voting, executable_at: 150 };
  expect(executableUntil(passed)).toBe(250);
  expect([150, 250, 251].map((now) => statusAt(passed, now))).toEqual(['PASSED', 'PASSED', 'LAPSED']);
  expect(statusAt({ ...passed, executed_block: 3 }, 999)).toBe('EXECUTED');
});
