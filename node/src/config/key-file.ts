import type { Config } from './config.js';
import { readKeyFile, type StoredKeys } from './member-keys.js';

/** This member's secrets, read once, when the first room asks: opening a sealed file takes half a second. */
export class KeyFile {
  private read?: StoredKeys;

  constructor(private readonly config: Config) {}

  /** Throws as {@link readKeyFile} does. */
  get keys(): StoredKeys {
    const { keysFile: path, keysPassphraseFile: passphraseFile, embedded: inTheClear } = this.config;
    return (this.read ??= readKeyFile({ path, passphraseFile, inTheClear }));
  }
}
