import { parentPort } from 'node:worker_threads';
import type { Root } from '../../kernel/ids.js';
import { commit, type Uncommitted } from './commitment.js';

// What RootsWorker runs on a thread of its own: each message is answered by one, in turn.

/** A JSON array of Uncommitted: as text it costs who asks least. */
export type Question = string;
/** In its order. Null of what cannot be committed to: whoever commits to it itself is told why. */
export type Answer = readonly (Root | null)[];

parentPort!.on('message', (question: Question) => {
  const items = JSON.parse(question) as Uncommitted[];
  parentPort!.postMessage(items.map(rootOf) satisfies Answer);
});

function rootOf({ fields, seed }: Uncommitted): Root | null {
  try {
    return commit(fields, seed).root;
  } catch {
    return null;
  }
}
