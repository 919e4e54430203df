import { AbiCoder, keccak256 } from 'ethers';
import { SecretKey } from '@chainsafe/blst';
import type { Hex } from '../../../node/src/kernel/hex.js';
import { toHex } from '../../../node/src/kernel/hex.js';
import { failure, type Finding, ok } from '../finding.js';
import type { Patient } from '../patient.js';

const CHECK = 'keys';

/** Whether what this node signs with is what the registry lists for this member, and still live. */
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
  const tag = SecretKey.fromBytes(Buffer.from(keys.tag.slice(2), 'hex'))
    .toPublicKey()
    .toBytes(true);
  const own = [
    ['the message signing key', 1, hexOf(keys.messageSigning.x)],
    ['the message encryption key', 2, hexOf(keys.messageEncryption.x)],
    ['the tag key', 3, toHex(tag)],
  ] as const;
  for (const [what, kind, publicKey] of own) {
    const id = keyId(domain, member, kind, publicKey);
    findings.push(live(what, id, await chain.read('MemberRegistry', 'key', [id]), member));
  }
  return findings;
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
