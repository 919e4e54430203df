import { AbiCoder, keccak256 } from 'ethers';
import type { ChainClient } from '../../../node/src/chain/index.js';
import { type Hex, toHex } from '../../../node/src/kernel/hex.js';
import { heldKeys } from '../../../node/src/members/commands/held-keys.js';
import { tagPublicKey } from '../../../node/src/members/domain/tags.js';
import { failure, type Finding, ok } from '../finding.js';
import type { Patient } from '../patient.js';

const CHECK = 'keys';

/** Whether what this node signs with is what the registry lists for this member, and still live; and whether it has every tag key. */
export async function checkKeys({ config, chain, domains, ...patient }: Patient): Promise<Finding[]> {
  const keys = patient.keys();
  const operator = patient.operator();
  const member = await chain.read('MemberRegistry', 'memberOfName', [config.member]);
  if (member === 0) {
    const advice = 'correct TRADEPROOF_MEMBER, or have the member admitted by vote';
    return [failure(CHECK, `the registry knows no member ${config.member}`, advice)];
  }
  const account = await chain.read('MemberRegistry', 'operator', [operator.address]);
  const findings = [live('the operator account', operator.address, account, member)];
  const domain = domains.of('MemberRegistry');
  const hexOf = (base64url: string): Hex => toHex(Buffer.from(base64url, 'base64url'));
  const own = [
    ['the message signing key', 1, hexOf(keys.messageSigning.x)],
    ['the message encryption key', 2, hexOf(keys.messageEncryption.x)],
    ['the tag key', 3, tagPublicKey(keys.tag as Hex)],
  ] as const;
  for (const [what, kind, publicKey] of own) {
    const id = keyId(domain, member, kind, publicKey);
    findings.push(live(what, id, await chain.read('MemberRegistry', 'key', [id]), member));
  }
  const tagKeys = heldKeys('TAG', keys).map((publicKey) => keyId(domain, member, 3, publicKey));
  return [...findings, await hasAllTagKeys(chain, member, tagKeys)];
}

/** Former ones too, and one that was registered and then dropped from the file: each has to tag what is confirmed. */
async function hasAllTagKeys(chain: ChainClient, member: number, held: readonly Hex[]): Promise<Finding> {
  const records = await Promise.all(held.map((id) => chain.read('MemberRegistry', 'key', [id])));
  const numbers = records.filter((record) => record.member === member).map(({ number }) => number);
  const listed = await chain.read('MemberRegistry', 'tagKeys', [member]);
  const missing = Array.from({ length: listed }, (_, index) => index + 1).filter((number) => !numbers.includes(number));
  if (missing.length === 0) return ok(CHECK, `the key file has all tag keys that the registry lists: ${listed}`);
  return failure(
    CHECK,
    `the registry lists tag keys that the key file lacks: number ${missing.join(', ')}; without them nothing is confirmed`,
    'put back the newest backup of the key file, and restart: a tag key that is listed cannot be taken back',
  );
}

/** As the registry makes it. */
function keyId(domain: Hex, member: number, kind: number, publicKey: Hex): Hex {
  const values = [domain, member, kind, publicKey];
  return keccak256(AbiCoder.defaultAbiCoder().encode(['bytes32', 'uint32', 'uint8', 'bytes'], values)) as Hex;
}

interface Listed {
  readonly member: number;
  readonly revokedAt: number;
}

function live(what: string, id: Hex, record: Listed, member: number): Finding {
  if (record.member !== member) {
    const whose = record.member === 0 ? 'nobody’s' : `member ${record.member}’s`;
    return failure(
      CHECK,
      `${what} ${id} is ${whose}`,
      'is it the right key file? else add the key with the admin’s key',
    );
  }
  if (record.revokedAt !== 0)
    return failure(
      CHECK,
      `${what} ${id} was revoked at block ${record.revokedAt}`,
      'rotate: docs/operations.md, Keys; nothing that it signs counts',
    );
  return ok(CHECK, `${what} is live`);
}
