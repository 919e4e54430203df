import { Injectable } from '@nestjs/common';
import { type Delivered, Outbox } from '../storage/outbox.js';

/** Stores receipts, those that come while some are being stored together in one statement. */
@Injectable()
export class Receipts {
  private next: Delivered[] = [];
  private storing: Promise<unknown> = Promise.resolve();
  private following?: Promise<void>;

  constructor(private readonly outbox: Outbox) {}

  /** Resolves once the receipt is stored. */
  add(delivered: Delivered): Promise<void> {
    this.next.push(delivered);
    this.following ??= this.storing.catch(() => undefined).then(() => this.store());
    return this.following;
  }

  private async store(): Promise<void> {
    const batch = this.next;
    this.next = [];
    this.following = undefined;
    this.storing = this.outbox.delivered(batch);
    await this.storing;
  }
}
