import type { Pence } from '../plain.js';

export type Side = 'core' | 'supplier-1';
export type Status = 'POSTED' | 'ACCEPTED' | 'REJECTED' | 'WITHDRAWN' | 'CANCELLED' | 'COMPLETED';

/** A new amount that one side has proposed. */
export interface Change {
  readonly by: Side;
  readonly amount: Pence;
}

/** An order as the plain model has it. */
interface Agreed {
  readonly id: string;
  readonly number: string;
  status: Status;
  version: number;
  amount: Pence;
  change: Change | null;
}

/** An order that calls off a contract. */
export type CallOff = Agreed;

/** A framework contract, which bounds what is called off by its amount. */
export interface Contract extends Agreed {
  /** Whether its first day has come. */
  readonly begun: boolean;
  readonly ended: { cancel: Side | null; complete: Side | null };
  /** In the order of their posting. */
  readonly callOffs: CallOff[];
}

const STANDING: readonly Status[] = ['POSTED', 'ACCEPTED'];

/** What orders call off by one side's count: a change that it has proposed itself counts before it is answered, if it is more. */
const sum = (orders: readonly CallOff[], side?: string): Pence =>
  orders
    .filter(({ status }) => STANDING.includes(status))
    .reduce(
      (total, { amount, change }) => total + Math.max(amount, change?.by === side ? (change?.amount ?? 0) : 0),
      0,
    );

/** What the orders that stand call off, but for one; `side` counts what it has proposed. */
export const calledOff = ({ callOffs }: Contract, side?: string, except?: CallOff): Pence =>
  sum(
    callOffs.filter((order) => order !== except),
    side,
  );

/** What was called off before an order: the supplier serves first what was posted first. */
export const calledOffBefore = ({ callOffs }: Contract, order: CallOff, side: string): Pence =>
  sum(callOffs.slice(0, callOffs.indexOf(order)), side);

/** What a side lets be called off: by the contract as it is and as that side has proposed to change it. */
export const ceilingFor = ({ amount, change }: Contract, side: string): Pence =>
  change?.by === side ? Math.min(amount, change.amount) : amount;

export const remainingOf = (contract: Contract): Pence => Math.max(0, contract.amount - calledOff(contract));
