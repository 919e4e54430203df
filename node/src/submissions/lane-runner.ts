import { Injectable, Logger } from '@nestjs/common';
import { Config } from '../config/index.js';
import type { Address } from '../kernel/ids.js';
import { Follower } from './follower.js';
import { LaneLock } from './lane-lock.js';
import { Sender } from './sender.js';

/** When to look again at a lane that another process was at (ms). */
const LOOK_AGAIN_MS = 200;

/** Works on lanes, each in one pass at a time; wishes that come during a pass make one more. */
@Injectable()
export class LaneRunner {
  private readonly logger = new Logger(LaneRunner.name);
  private readonly wishes = new Set<Address>();
  private readonly running = new Map<Address, Promise<void>>();
  /** Lanes to rewind: until that is done, whatever passes fail or find another process at it. */
  private readonly owed = new Set<Address>();
  private readonly atOnce: number;
  private stopped = false;

  constructor(
    private readonly lock: LaneLock,
    private readonly follower: Follower,
    private readonly sender: Sender,
    config: Config,
  ) {
    this.atOnce = Math.max(1, Math.floor(config.databasePool / 2));
  }

  /** Looks at the lane soon. `rewind`: the chain may have taken back what was included. */
  kick(account: Address, rewind = false): void {
    if (this.stopped) return;
    if (rewind) this.owed.add(account);
    this.wishes.add(account);
    this.startSome();
  }

  /** Looks again at lanes whose rewind is not done: nothing may be open in them that would have them looked at. */
  kickOwed(): void {
    for (const account of this.owed) this.kick(account);
  }

  // Each pass holds a connection: a crowd of one-time accounts must not take all of them.
  private startSome(): void {
    for (const account of this.wishes) {
      if (this.running.size >= this.atOnce) return;
      if (this.running.has(account)) continue;
      const run = this.passes(account).finally(() => {
        this.running.delete(account);
        this.startSome();
      });
      this.running.set(account, run);
    }
  }

  /** Takes no more wishes and waits for passes that run. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.wishes.clear();
    await Promise.all(this.running.values());
  }

  private async rewind(account: Address): Promise<void> {
    // Before, not after: the chain may change once more meanwhile.
    this.owed.delete(account);
    try {
      await this.follower.rewind(account);
    } catch (error) {
      this.owed.add(account);
      throw error;
    }
  }

  private async passes(account: Address): Promise<void> {
    while (this.wishes.delete(account)) {
      try {
        const held = await this.lock.whileHeld(account, async () => {
          if (this.owed.has(account)) await this.rewind(account);
          await this.follower.follow(account);
          await this.sender.send(account);
        });
        // The process that has the lane may have looked before what this wish is about.
        if (!held) setTimeout(() => this.kick(account), LOOK_AGAIN_MS).unref();
      } catch (error) {
        this.logger.warn({ err: error, account }, 'a lane must wait');
      }
    }
  }
}
