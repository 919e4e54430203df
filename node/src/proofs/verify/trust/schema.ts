import { z } from 'zod';

const lower = (bytes: number) =>
  z
    .string()
    .length(2 + 2 * bytes)
    .regex(/^0x[0-9a-f]*$/);

const variable = z.strictObject({
  label: z.string(),
  offset: z.int().min(0).max(31),
  slot: z.string().regex(/^\d{1,78}$/),
  type: z.string(),
});
const type = z.strictObject({
  base: z.string().optional(),
  encoding: z.string(),
  key: z.string().optional(),
  label: z.string(),
  members: z.array(variable).optional(),
  numberOfBytes: z.string().regex(/^\d{1,6}$/),
  value: z.string().optional(),
});
const layout = z
  .strictObject({ storage: z.array(variable), types: z.record(z.string(), type) })
  .describe('solc’s storageLayout: variables with their slots, and their types.');

const contract = z.strictObject({
  address: lower(20).describe('Of the proxy.'),
  codeHash: lower(32).describe('Keccak-256 of the proxy’s code.'),
  implementations: z
    .array(z.strictObject({ codeHash: lower(32), layout }))
    .min(1)
    .describe('Implementations that may stand behind it, each with where it keeps what.'),
});

const checkpoint = z.strictObject({
  hash: lower(32),
  number: z.int().nonnegative(),
  time: z.iso.datetime().optional().describe('Of the block.'),
  validators: z
    .array(z.strictObject({ address: lower(20), owner: z.string().min(1).max(200).describe('Whose it is.') }))
    .describe('The set that sealed it; none for a chain without seals.'),
});

/** A trust file: what whoever verifies pins. docs/spec/trust.md says how to come by one. */
export const trustSchema = z
  .strictObject({
    chainId: z.int().positive(),
    checkpoint: checkpoint.describe('The newest block that is pinned.'),
    contracts: z
      .object({ MemberRegistry: contract, OrderRegistry: contract, ReceivableRegistry: contract })
      .catchall(contract),
    earlier: z
      .array(checkpoint)
      .optional()
      .describe('Checkpoints before it, ascending: proofs of their time stay good.'),
    format: z.literal('tradeproof-trust'),
    version: z.literal(1),
  })
  .describe('tradeproof trust file, version 1');

export type TrustFile = z.infer<typeof trustSchema>;
