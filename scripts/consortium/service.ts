/** Something that runs: what a start gives back. */
export interface Running {
  readonly exited: Promise<unknown>;
  stop(): Promise<void>;
}

export interface ServiceOptions<R extends Running> {
  readonly name: string;
  start(): Promise<R>;
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

  constructor(private readonly options: ServiceOptions<R>) {}

  async start(): Promise<R> {
    const running = await this.options.start();
    const startedAt = Date.now();
    this.#running = running;
    void running.exited.then(() => {
      this.#running = undefined;
      if (this.#stopping) return;
      this.#pauseMs = Date.now() - startedAt > 10_000 ? 250 : Math.min(this.#pauseMs * 2, LONGEST_PAUSE_MS);
      this.options.say(`${this.options.name} stopped unexpectedly; starting it again`);
      void this.#again();
    });
    return running;
  }

  /** What is starting, for the first time or again, may be so for long: the lock stops it. */
  async stop(): Promise<void> {
    this.#stopping = true;
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
        if (this.#stopping) return;
        this.#pauseMs = Math.min(this.#pauseMs * 2, LONGEST_PAUSE_MS);
        this.options.say(`${this.options.name} could not be started: ${(error as Error).message}`);
      }
    }
  }
}
