import type { NodeKeys } from './node-keys.js';

/**
 * Where the node's keys come from: asked once, when the process starts, so that no read of a document waits for a key
 * service. To bind a KMS, keep the keys encrypted by it, and have it decrypt them here.
 */
export abstract class KeyProvider {
  /** Rejects when it cannot give them; the node does not start then. */
  abstract load(): Promise<NodeKeys>;
}
