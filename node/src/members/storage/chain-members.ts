import { defineChainTable } from '../../indexer/index.js';
import type { Hex } from '../../kernel/hex.js';

/** A member as the registry has it. */
export interface MemberRow {
  readonly member: number;
  readonly name: string;
  readonly admin: Hex;
  /** bit mask, see domain/roles */
  readonly roles: number;
  /** 0 none, 1 core enterprises, 2 suppliers, 3 lenders */
  readonly chamber: number;
  readonly suspended: boolean;
  /** URL of its node, null until it has one */
  readonly endpoint: string | null;
  readonly admitted_block: number;
  /** counts the events that changed it */
  readonly version: number;
}

export const chainMembers = defineChainTable<MemberRow>({
  name: 'chain_members',
  key: ['member'],
  columns: {
    member: 'int4',
    name: 'text',
    admin: 'bytea',
    roles: 'int4',
    chamber: 'int4',
    suspended: 'bool',
    endpoint: 'text',
    admitted_block: 'int8',
    version: 'int4',
  },
});
