import type { ModuleRef } from '@nestjs/core';

/** A part that another room provides under a token, found wherever it is; this room must not import that one. */
export class Port<T> {
  private found?: T;

  constructor(
    private readonly modules: ModuleRef,
    private readonly token: symbol,
  ) {}

  /** The part, or undefined in a process that is composed without it. */
  get(): T | undefined {
    try {
      return (this.found ??= this.modules.get<T>(this.token, { strict: false }));
    } catch {
      return undefined;
    }
  }
}
