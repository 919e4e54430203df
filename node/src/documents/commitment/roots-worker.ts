import { Worker } from 'node:worker_threads';
import type { Uncommitted } from './commitment.js';
import type { Answer, Question } from './roots-thread.js';

const THREAD = new URL('./roots-thread.js', import.meta.url);

/** The thread that computes roots, as who asks it sees it. */
export class RootsWorker {
  private readonly worker = new Worker(THREAD, { name: 'commitments' });
  /** Who waits for an answer; the thread answers in turn. */
  private readonly waiting: ((answer: Answer) => void)[] = [];

  /** Throws where the system has no thread to give. `onEnd` is told once that it is no more, with the error if it ended by one. */
  constructor(onEnd: (error?: Error) => void) {
    let failed: Error | undefined;
    this.worker.on('error', (error: Error) => (failed = error));
    this.worker.on('message', (answer: Answer) => this.waiting.shift()!(answer));
    this.worker.on('exit', () => {
      onEnd(failed);
      for (const answered of this.waiting.splice(0)) answered([]);
    });
  }

  get isAtRest(): boolean {
    return this.waiting.length === 0;
  }

  /** The roots in the order asked; null of what cannot be committed to, and nothing if the thread ends under it, as when memory is short. */
  async ask(items: readonly Uncommitted[]): Promise<Answer> {
    this.worker.ref();
    const question: Question = JSON.stringify(items.map(({ fields, seed }) => ({ fields, seed })));
    this.worker.postMessage(question);
    const answer = await new Promise<Answer>((answered) => this.waiting.push(answered));
    if (this.isAtRest) this.worker.unref();
    return answer;
  }

  async end(): Promise<void> {
    await this.worker.terminate();
  }
}
