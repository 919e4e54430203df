import { createHash, createSecretKey, type KeyObject } from 'node:crypto';
import { type Hex, toBytes } from '../../kernel/hex.js';

/** A key of the node that data keys are wrapped under. */
export interface NodeKey {
  /** Says which it is, and nothing of it: the beginning of a hash. */
  readonly id: string;
  readonly key: KeyObject;
}

/** The node's keys: the one that new data keys are wrapped under, and those that it replaced and rows still name. */
export interface NodeKeys {
  readonly current: NodeKey;
  readonly former: readonly NodeKey[];
  /** The vault secret: what names no key was wrapped under it. */
  readonly first: NodeKey;
}

/** From 32 bytes each; one that is given twice counts once. */
export function nodeKeysOf(vault: Hex, present: Hex = vault, replaced: readonly Hex[] = []): NodeKeys {
  const current = nodeKeyOf(present);
  const former = [...new Set([...replaced, vault])].map(nodeKeyOf).filter(({ id }) => id !== current.id);
  return { current, former, first: nodeKeyOf(vault) };
}

function nodeKeyOf(secret: Hex): NodeKey {
  const bytes = toBytes(secret);
  const id = createHash('sha256').update('tradeproof/node-key-id/v1').update(bytes).digest('hex').slice(0, 16);
  return { id, key: createSecretKey(bytes) };
}
