/** Something that runs: what a start gives back. */
export interface Running {
  readonly pid: number;
  readonly exited: Promise<unknown>;
  stop(): Promise<void>;
}

export interface ServiceOptions<R extends Running> {
  readonly name: string;
  start(): Promise<R>;
  /** Told of each start, the first one included. */
  onStart?(running: R): void;
  say(text: string): void;
}

const LONGEST_PAUSE_MS = 5_000;

/**
 * Keeps one process running until it is told to stop: when it dies of itself, or is killed, it is started again, with
 * growing pauses as long as it does not stay up.
 */
export class Service<R extends Running = Running> {
  #running: R | undefined;
  #stopping = false;
  #pauseMs = 250;
  #restarting: Promise<void> = Promise.resolve();

  constructor(private readonly options: ServiceOptions<R>) {}

  get running(): R {
    if (!this.#running) throw new Error(`${this.options.name} is not running`);
    return this.#running;
  }

  async start(): Promise<R> {
    const running = await this.options.start();
    const startedAt = Date.now();
    this.#running = running;
    this.options.onStart?.(running);
    void running.exited.then(() => {
      if (this.#stopping) return;
      this.#pauseMs = Date.now() - startedAt > 10_000 ? 250 : Math.min(this.#pauseMs * 2, LONGEST_PAUSE_MS);
      this.options.say(`${this.options.name} stopped unexpectedly; starting it again`);
      this.#restarting = this.#again();
    });
    return running;
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#restarting;
    await this.#running?.stop();
  }

  async #again(): Promise<void> {
    while (!this.#stopping) {
      await new Promise((resolve) => setTimeout(resolve, this.#pauseMs));
      if (this.#stopping) return;
      try {
        await this.start();
        return;
      } catch (error) {
        this.#pauseMs = Math.min(this.#pauseMs * 2, LONGEST_PAUSE_MS);
        this.options.say(`${this.options.name} could not be started: ${(error as Error).message}`);
      }
    }
  }
}
