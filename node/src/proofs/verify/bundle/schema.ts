import { z } from 'zod';
import { MAX_PATH } from '../../../kernel/disclosure.js';

/** Version of the bundle's form; a verifier refuses any that it does not know. */
export const BUNDLE_VERSION = 1;

const hex = (bytes: number, what: string) =>
  z
    .string()
    .length(2 + 2 * bytes)
    .regex(/^0x[0-9a-f]*$/)
    .describe(what);
const anyBytes = z.string().regex(/^0x(?:[0-9a-f]{2})*$/);
export const bytes = (what: string) => anyBytes.describe(what);
export const bytes32 = (what: string) => hex(32, what);
const address = (what: string) => hex(20, what);
export const whole = (most: number, what: string) => z.int().min(0).max(most).describe(what);
export const UINT32 = 0xffff_ffff;
const UINT40 = 0xff_ffff_ffff;

/** Most of each that a bundle holds; what needs more has none. */
export const MOST = {
  orders: 64,
  receivables: 256,
  entries: 10_000,
  fields: 65_536,
  nodes: 64,
  slots: 20_000,
  operators: 256,
  bitmap: 2048,
  place: 32,
};

const disclosure = z
  .strictObject({
    fields: z
      .array(
        z.strictObject({
          path: z.string().max(MAX_PATH).describe('RFC 6901 pointer.'),
          salt: bytes32('HMAC-SHA-256 of the path under the document’s seed.'),
          value: z.string().describe('Canonical value.'),
        }),
      )
      .min(1)
      .max(MOST.fields)
      .describe('In the ascending order of their leaves.'),
    flags: z.array(z.boolean()).max(2 * MOST.fields),
    proof: z.array(bytes32('Node of the tree.')).max(MOST.fields),
  })
  .describe('Fields of a document with the multiproof that they open its commitment.');

const shown = disclosure.nullable().describe('What is shown of the document behind the commitment; null for nothing.');

const milestone = z.strictObject({
  author: whole(UINT32, 'Number of the member that added it.'),
  commitment: bytes32('Root of its document.'),
  document: shown,
  kind: whole(255, 'Number of the kind of milestone.'),
  recordedAt: whole(UINT40, 'Block time, seconds.'),
  supersedes: bytes32('Hash of the entry that it corrects, or zero.'),
});

const place = z
  .strictObject({
    bitmap: anyBytes.max(2 + 2 * MOST.bitmap).describe('What its supplier answered the batch with; 0x until then.'),
    buyer: whole(UINT32, 'Number of the member that posted the batch.'),
    expiry: whole(UINT40, 'Last second, by block time, at which the order could be accepted.'),
    index: whole(UINT32, 'Its place in the batch.'),
    proof: z.array(bytes32('Node of the batch’s tree.')).max(MOST.place).describe('From its leaf to the root.'),
    root: bytes32('Root of the batch.'),
  })
  .describe('Of an order that stands in a batch and is no chain object of its own.');

const order = z.strictObject({
  batch: place.optional(),
  document: shown,
  firstCommitment: bytes32('Root of version 1, which the id commits to.'),
  id: bytes32('The order.'),
  log: z.array(milestone).max(MOST.entries).describe('Its whole fulfilment log, in order.'),
  tag: bytes32('Tag over its number, which the id commits to.'),
});

const statement = z.strictObject({
  about: whole(UINT32, 'Index of the entry that it answers, else 0.'),
  commitment: bytes32('Root of its document; zero where there is none.'),
  document: shown,
  kind: whole(255, 'Number of the kind of entry.'),
  recordedAt: whole(UINT40, 'Block time, seconds.'),
});

const receivable = z.strictObject({
  document: shown,
  fingerprints: z.array(bytes32('Fingerprint that its confirmation took.')).max(64).describe('Ascending.'),
  id: bytes32('The receivable.'),
  log: z.array(statement).max(MOST.entries).describe('Its whole log, in order; entry 0 is the confirmation.'),
  orders: z.array(bytes32('Order that it was born from.')).min(1).max(MOST.orders).describe('Ascending.'),
  parent: bytes32('What it is a part of; zero for a whole.'),
});

const member = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]{1,32}$/),
  number: whole(UINT32, 'Its number in the member registry.'),
  operators: z.array(address('Operator account.')).max(MOST.operators).describe('Ascending.'),
});

const nodes = (what: string) => z.array(bytes('RLP of a node.')).max(MOST.nodes).describe(what);

/** What is proven of registries. */
export const stateOf = <C extends string>(contracts: readonly [C, ...C[]]) =>
  z.strictObject({
    account: nodes('From the state root to the proxy’s account.'),
    contract: z.enum(contracts),
    implementation: z.strictObject({
      account: nodes('From the state root to the implementation’s account.'),
      address: address('What the proxy’s ERC-1967 slot names.'),
    }),
    storage: z
      .array(
        z.strictObject({
          proof: nodes('From the storage root to the slot, or to where it would be.'),
          slot: bytes32('Slot.'),
        }),
      )
      .min(1)
      .max(MOST.slots)
      .describe('Each slot relied on and no other, ascending.'),
  });

/** Changes of validators since the maker's checkpoint. */
export const lineage = z
  .array(z.array(bytes('RLP of a header.')).min(1).max(64))
  .max(4096)
  .describe('For each change of validators the first header of the new set and those after it that are needed.');

/** A proof bundle, as docs/spec/bundle.md says it. Unknown members are refused. */
export const bundleSchema = z
  .strictObject({
    chainId: z.int().positive(),
    digest: bytes32('Keccak-256 of the file’s canonical form without this member.'),
    format: z.literal('tradeproof-bundle'),
    header: bytes('RLP of the block’s header, with exactly a quorum of seals where it has seals.'),
    lineage,
    members: z.array(member).min(1).max(512).describe('The parties, ascending by number.'),
    orders: z.array(order).min(1).max(MOST.receivables).describe('Ascending by id.'),
    receivables: z
      .array(receivable)
      .max(MOST.receivables)
      .describe(
        'The subject first, if it is one; then, ascending by id, those confirmed on the same orders; of a part, what it was split off from, up to the whole.',
      ),
    state: z
      .array(stateOf(['MemberRegistry', 'OrderRegistry', 'ReceivableRegistry']))
      .length(3)
      .describe('The three registries, in the order of the enumeration.'),
    subject: z.strictObject({ id: bytes32('What the bundle is about.'), kind: z.enum(['ORDER', 'RECEIVABLE']) }),
    version: z.literal(BUNDLE_VERSION),
  })
  .describe('tradeproof proof bundle, version 1');

export type BundleContent = z.infer<typeof bundleSchema>;
