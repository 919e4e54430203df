import { Injectable } from '@nestjs/common';
import type { Hex } from '../../kernel/hex.js';
import type { EncumbranceState } from '../../receivables/domain/states.js';

/** A lender's claim that rests on an order. */
export interface OrderClaim {
  /** The order itself, or a receivable born from it. */
  readonly object: Hex;
  /** One-time account of the lender. */
  readonly lender: Hex;
  /** NONE where its reservation lapsed and nothing on chain has said so yet. */
  readonly state: EncumbranceState;
  /** What a consent on the object names now. */
  readonly coverVersion: number;
}

/** What the room that knows of claims tells this one, which does not. */
export interface OrderClaimSource {
  restingOn(order: Hex): Promise<OrderClaim[]>;
}

/** Where that room registers, in its module's constructor. */
@Injectable()
export class OrderClaims implements OrderClaimSource {
  private readonly sources: OrderClaimSource[] = [];

  add(source: OrderClaimSource): void {
    this.sources.push(source);
  }

  /** All claims that the chain counts on an order. */
  async restingOn(order: Hex): Promise<OrderClaim[]> {
    return (await Promise.all(this.sources.map((source) => source.restingOn(order)))).flat();
  }
}
