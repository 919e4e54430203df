import type { ModuleRef } from '@nestjs/core';

/** A part that another room provides under a token, found wherever it is; this room must not import that one. */
export class Port<T> {
  private found?: T | null;

  constructor(
    private readonly modules: ModuleRef,
    private readonly token: symbol,
  ) {}

  /** The part, or undefined in a process that is composed without it. Not before all modules are instantiated. */
  get(): T | undefined {
    if (this.found === undefined) this.found = this.find();
    return this.found ?? undefined;
  }

  private find(): T | null {
    try {
      return this.modules.get<T>(this.token, { strict: false });
    } catch {
      return null;
    }
  }
}
