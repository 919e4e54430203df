import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { z } from 'zod';
import { type Hex, isHex } from '../../kernel/hex.js';
import { KeyProvider } from './key-provider.js';
import { type NodeKeys, nodeKeysOf } from './node-keys.js';

const WITHIN_MS = 30_000;
const LARGEST_ANSWER = 64 * 1024;

const key = z.custom<Hex>((value) => isHex(value, 32));
const answer = z.strictObject({ current: key, former: z.array(key).max(64).default([]) });

/**
 * An operator's program that asks a key service: it prints `{"current": "0x...", "former": ["0x..."]}`, 32 bytes each. Run
 * without a shell and without arguments. What it prints is never shown.
 */
export class CommandProvider extends KeyProvider {
  constructor(
    private readonly path: string,
    /** Wrapped what was kept before there was a key service. */
    private readonly vault: Hex,
  ) {
    super();
  }

  /** Throws naming the program, whatever the cause. */
  async load(): Promise<NodeKeys> {
    try {
      const { stdout } = await promisify(execFile)(this.path, [], { timeout: WITHIN_MS, maxBuffer: LARGEST_ANSWER });
      const { current, former } = answer.parse(JSON.parse(stdout));
      return nodeKeysOf(this.vault, current, former);
    } catch {
      throw new Error(`${this.path} gave no node keys: it has to print {"current", "former"} and exit with 0`);
    }
  }
}
