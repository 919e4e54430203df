import { hash } from 'node:crypto';

/** For so long (ms) at most. */
const KEPT_MS = 60_000;
/** Fields of all that is kept: some 20 MB. */
const MOST_FIELDS = 50_000;

/** Something made of an opened document, with its fields. */
export interface Opened {
  readonly disclosure: { readonly fields: { readonly length: number } };
}

interface Kept<T> {
  readonly value: T;
  /** Of the sealed bytes that it was made of. */
  readonly digest: string;
  readonly at: number;
}

/**
 * What was made of documents that were opened within the last minute, by the identity under which they are sealed, which has one content.
 * Whether the document is still here is for the database to say each time, and what lies there must be the same bytes.
 */
export class LatelyOpened<T extends Opened> {
  private readonly kept = new Map<string, Kept<T>>();
  private fields = 0;
  private timer?: NodeJS.Timeout;

  /** `now` is in ms. */
  constructor(private readonly now: () => number = () => performance.now()) {}

  get size(): number {
    return this.kept.size;
  }

  /** What `open` gives; or what it gave when these bytes were opened before. */
  of(identity: string, sealed: Uint8Array, open: () => T): T {
    const digest = hash('sha256', sealed, 'base64');
    const known = this.kept.get(identity);
    if (known?.digest === digest && !this.isOld(known)) return known.value;
    this.forget(identity);
    const value = open();
    this.kept.set(identity, { value, digest, at: this.now() });
    this.fields += value.disclosure.fields.length;
    for (const oldest of this.kept.keys()) {
      if (this.fields <= MOST_FIELDS) break;
      this.forget(oldest);
    }
    this.timer ??= setInterval(() => this.sweep(), KEPT_MS / 2).unref();
    return value;
  }

  forget(identity: string): void {
    this.fields -= this.kept.get(identity)?.value.disclosure.fields.length ?? 0;
    this.kept.delete(identity);
  }

  /** Drops what is too old, so that it does not lie in memory until it is asked for. */
  sweep(): void {
    for (const [identity, kept] of this.kept) if (this.isOld(kept)) this.forget(identity);
    if (this.kept.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private isOld({ at }: Kept<T>): boolean {
    return this.now() - at >= KEPT_MS;
  }
}
