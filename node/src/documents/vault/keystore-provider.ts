import type { KeyFile } from '../../config/index.js';
import { KeyProvider } from './key-provider.js';
import { type NodeKeys, nodeKeysOf } from './node-keys.js';

/** The member's key file: `documentKey`, by default its vault secret, and those in `former.documentKey`. */
export class KeystoreProvider extends KeyProvider {
  constructor(private readonly file: KeyFile) {
    super();
  }

  load(): Promise<NodeKeys> {
    const { vault, documentKey, former } = this.file.keys;
    return Promise.resolve(nodeKeysOf(vault, documentKey, former?.documentKey));
  }
}
