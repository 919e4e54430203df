import type { Config, KeyFile } from '../../config/index.js';
import { CommandProvider } from './command-provider.js';
import type { KeyProvider } from './key-provider.js';
import { KeystoreProvider } from './keystore-provider.js';

/** Where the settings say that the node's keys come from. */
export function openKeyProvider({ nodeKeyCommand }: Pick<Config, 'nodeKeyCommand'>, file: KeyFile): KeyProvider {
  return nodeKeyCommand ? new CommandProvider(nodeKeyCommand, file.keys.vault) : new KeystoreProvider(file);
}
