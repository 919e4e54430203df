import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { formatPosition, type Position } from '../domain/position.js';
import { type EventFilter, passes, toFrame } from '../domain/stream-event.js';
import { EventSignal } from './event-signal.js';
import { ReadEvents } from './read-events.js';

/** Events of each kind read at once. */
const BATCH = 500;
/** A look without a signal (ms): news of other processes of this node come without one. */
const LOOK_MS = 1_000;
/** How long a stream may be silent (ms) before a comment says that it is alive, and where it is. */
const SILENCE_MS = 15_000;
/**
 * How often (ms) it is asked whether who follows still may: a key's row is believed for as long anyway. By a clock that nobody sets,
 * since one that is put back would leave a revoked key its stream.
 */
const ASK_MS = 2_000;

/** Who follows, and until when. */
export interface Follower {
  /** Aborted when it is gone. */
  readonly gone: AbortSignal;
  /** Whether its credential would still be let in. */
  stillAdmitted(): Promise<boolean>;
}

/** Tells events from a position on, for as long as who follows may read them. */
@Injectable()
export class FollowEvents implements OnModuleDestroy {
  private readonly stopping = new AbortController();

  constructor(
    private readonly reader: ReadEvents,
    private readonly signal: EventSignal,
  ) {}

  /** Ends all streams; clients come back with the id of the last event. */
  onModuleDestroy(): void {
    this.stopping.abort();
  }

  /** Frames of text/event-stream, until the follower is gone or may not read them any more, or the node stops. */
  async *from(position: Position, filter: EventFilter, follower: Follower): AsyncGenerator<string> {
    const ended = AbortSignal.any([follower.gone, this.stopping.signal]);
    const waiter = new Waiter(this.signal, ended);
    let told = performance.now();
    let asked = performance.now();
    yield `retry: 1000\nid: ${formatPosition(position)}\n\n`;
    try {
      while (!ended.aborted) {
        waiter.arm();
        if (performance.now() - asked > ASK_MS) {
          if (!(await follower.stillAdmitted())) return;
          asked = performance.now();
        }
        const events = await this.reader.after(position, BATCH);
        position = events.at(-1)?.position ?? position;
        const frames = events
          .filter((event) => passes(event, filter))
          .map((e) => toFrame(formatPosition(e.position), e));
        if (frames.length > 0) yield frames.join('');
        else if (performance.now() - told > SILENCE_MS) yield `: alive\nid: ${formatPosition(position)}\n\n`;
        else {
          if (events.length === 0) await waiter.wait(LOOK_MS);
          continue;
        }
        told = performance.now();
      }
    } finally {
      waiter.close();
    }
  }
}

/** Waits for a signal that came after it was armed. */
class Waiter {
  private fired = false;
  private wake = (): void => undefined;
  private readonly unsubscribe: () => void;

  constructor(
    signal: EventSignal,
    private readonly ended: AbortSignal,
  ) {
    const fire = () => {
      this.fired = true;
      this.wake();
    };
    this.unsubscribe = signal.onSignal(fire);
    ended.addEventListener('abort', fire, { once: true });
  }

  /** Forgets signals until now. */
  arm(): void {
    this.fired = false;
  }

  async wait(ms: number): Promise<void> {
    if (this.fired || this.ended.aborted) return;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.wake = resolve;
      timer = setTimeout(resolve, ms);
    });
    clearTimeout(timer);
  }

  close(): void {
    this.unsubscribe();
  }
}
