import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';

const address = z.templateLiteral(['0x', z.string().regex(/^[0-9a-f]{40}$/)]);
const bytes32 = z.templateLiteral(['0x', z.string().regex(/^[0-9a-f]{64}$/)]);
const lower = <S extends z.ZodType>(schema: S) =>
  z.preprocess((v) => (typeof v === 'string' ? v.toLowerCase() : v), schema);

const contract = z.object({ address: lower(address), implementation: lower(address), codeHash: lower(bytes32) });

/** The deployments/<chainId>.json that a node follows. Addresses and hashes are lower case once read. */
export const deploymentSchema = z.object({
  chainId: z.int().positive(),
  startBlock: z.int().nonnegative(),
  contracts: z.object({
    MemberRegistry: contract,
    OrderRegistry: contract,
    ReceivableRegistry: contract,
    AccessGrants: contract,
    EvidenceAnchor: contract,
  }),
  /** EIP-712 domain separator of each registry that has one. */
  domains: z.record(z.string(), lower(bytes32)),
});
export type Deployment = z.infer<typeof deploymentSchema>;

const okp = (crv: 'Ed25519' | 'X25519') =>
  z.looseObject({ kty: z.literal('OKP'), crv: z.literal(crv), x: z.string(), d: z.string() });

/** A member's secrets. Hex values are 32 bytes. */
export const memberKeysSchema = z.object({
  operator: lower(bytes32),
  admin: lower(bytes32).optional(),
  seed: lower(bytes32),
  tagSecret: lower(bytes32),
  tag: lower(bytes32),
  vault: lower(bytes32),
  messageSigning: okp('Ed25519'),
  messageEncryption: okp('X25519'),
});
export type MemberKeys = z.infer<typeof memberKeysSchema>;

/** Reads and checks the deployment file. Throws with the path and the faulty fields. */
export function readDeployment(path: string): Deployment {
  return read(path, deploymentSchema);
}

/** Reads and checks the key file, which only its owner may read (0600). Throws naming fields, never values. */
export function readMemberKeys(path: string): MemberKeys {
  if ((statSync(path).mode & 0o077) !== 0)
    throw new Error(`${path} holds secrets: only its owner may read it (chmod 600)`);
  return read(path, memberKeysSchema);
}

function read<S extends z.ZodType>(path: string, schema: S): z.infer<S> {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    // The parser's own message would quote the file's content.
    throw new Error(`${path} ${error instanceof SyntaxError ? 'is not JSON' : 'cannot be read'}`);
  }
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  throw new Error(`${path} is unusable at ${result.error.issues.map((issue) => issue.path.join('.')).join(', ')}`);
}
