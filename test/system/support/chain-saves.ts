import { mkdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import type { RunningConsortium } from '../../support/running-consortium.js';
import { until } from './settled.js';

/** Keeps the chain from being saved, so that what a kill costs it is known: a folder lies where it would write. */
export class ChainSaves {
  readonly #place: string;

  constructor({ dir }: RunningConsortium) {
    this.#place = join(dir, 'chain', 'state.json.tmp');
  }

  /** Once none is being written: what is half written lies there too. */
  async stop(): Promise<void> {
    await until(async () => mkdirSync(this.#place));
  }

  goOn(): void {
    rmdirSync(this.#place);
  }
}
