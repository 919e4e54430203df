import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Anvil, startAnvilProcess } from '../../scripts/embedded/anvil.js';

/** A real chain of its own, on a free port; mines on demand unless `blockTime` says otherwise. */
export async function startAnvil(options: { blockTime?: number; chainId?: number } = {}): Promise<Anvil> {
  const dir = mkdtempSync(join(tmpdir(), 'tradeproof-anvil-'));
  const anvil = await startAnvilProcess({ dir, ...options });
  return {
    ...anvil,
    async stop() {
      await anvil.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
