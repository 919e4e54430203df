import { AsyncLocalStorage } from 'node:async_hooks';
import type { Look } from './look.js';

/** What one request, by one user, was shown so far. */
export class Reading {
  private readonly looks = new Map<string, Look>();

  /** The same document twice is one look, at the fields of both. */
  note(look: Look): void {
    const key = [look.grant, look.object, look.root, look.outcome].join();
    const before = this.looks.get(key);
    const fields = before ? [...new Set([...before.fields, ...look.fields])] : look.fields;
    this.looks.set(key, { ...look, fields });
  }

  /** What was noted since the last call. */
  take(): Look[] {
    const looks = [...this.looks.values()];
    this.looks.clear();
    return looks;
  }
}

const storage = new AsyncLocalStorage<Reading>();

/** Runs `fn`, and all that it starts, as part of a user's reading. */
export function withReading<T>(reading: Reading, fn: () => T): T {
  return storage.run(reading, fn);
}

/**
 * Notes what a user is shown of what others disclosed; it is in the access log before the answer leaves. Nothing outside
 * of a request: what the node computes for itself is nobody's look.
 */
export function noteLook(look: Look): void {
  storage.getStore()?.note(look);
}
