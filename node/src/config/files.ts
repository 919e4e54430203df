import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { bytes32, lower } from './hex.js';

const address = z.templateLiteral(['0x', z.string().regex(/^[0-9a-f]{40}$/)]);

const implementation = z.object({ implementation: lower(address), codeHash: lower(bytes32) });
/** A registry's proxy, the implementation that it began with, and those that its members have voted since or may vote. */
const contract = implementation.extend({ address: lower(address), upgrades: z.array(implementation).optional() });

/** The deployments/<chainId>.json that a node follows. Addresses and hashes are lower case once read. */
const deploymentSchema = z.object({
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

export type RegistryImplementation = z.infer<typeof implementation>;

/** What may stand behind a registry's proxy, oldest first. */
export function implementationsOf(registry: Deployment['contracts']['MemberRegistry']): RegistryImplementation[] {
  const { implementation: first, codeHash, upgrades = [] } = registry;
  return [{ implementation: first, codeHash }, ...upgrades];
}

/** Reads and checks the deployment file. Throws with the path and the faulty fields. */
export function readDeployment(path: string): Deployment {
  return read(path, deploymentSchema);
}

function read<S extends z.ZodType>(path: string, schema: S): z.infer<S> {
  return check(path, readJson(path), schema);
}

/** The JSON in a file. Throws with the path, never with what is in it. */
export function readJson(path: string): unknown {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    // The parser's own message would quote the file's content.
    throw new Error(`${path} ${error instanceof SyntaxError ? 'is not JSON' : 'cannot be read'}`);
  }
  return json;
}

/** What the schema makes of a file's JSON. Throws with the path and the faulty fields. */
export function check<S extends z.ZodType>(path: string, json: unknown, schema: S): z.infer<S> {
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  throw new Error(`${path} is unusable at ${result.error.issues.map((issue) => issue.path.join('.')).join(', ')}`);
}
