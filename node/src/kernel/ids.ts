import { parseHex, type Hex } from './hex.js';

declare const brand: unique symbol;

/** A hex value that names one kind of thing only; assignable to Hex, not from it. */
type Branded<Name extends string> = Hex & { readonly [brand]: Name };

/** 20 bytes: an account on chain, lower case (not checksummed). */
export type Address = Branded<'Address'>;
/** 32 bytes: hash(registry domain, buyer, supplier, commitment of version 1, tag). */
export type OrderId = Branded<'OrderId'>;
/** 32 bytes, computed by the contract from the domain, the maker's account and random bytes; so are the next two. */
export type ReceivableId = Branded<'ReceivableId'>;
export type GrantId = Branded<'GrantId'>;
export type ProposalId = Branded<'ProposalId'>;
/** 32 bytes: the Merkle root over a document's fields. */
export type Root = Branded<'Root'>;
/** 32 random bytes from which all salts of one version of one document come. Whoever has it can open every field. */
export type Seed = Branded<'Seed'>;

const maker =
  <T extends Hex>(bytes: number) =>
  /** The value with its letters lowered. Throws HEX_MALFORMED unless it is 0x hex of the right length. */
  (value: unknown): T =>
    parseHex(value, bytes) as T;

export const asOrderId = maker<OrderId>(32);
export const asReceivableId = maker<ReceivableId>(32);
export const asGrantId = maker<GrantId>(32);
export const asProposalId = maker<ProposalId>(32);
export const asRoot = maker<Root>(32);
