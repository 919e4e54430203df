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

const sum = (orders: readonly CallOff[]): Pence => orders.reduce((total, { amount }) => total + amount, 0);

/** What the orders that stand call off, but for one. */
export const calledOff = ({ callOffs }: Contract, except?: CallOff): Pence =>
  sum(callOffs.filter((order) => order !== except && STANDING.includes(order.status)));

/** What was called off before an order: the supplier serves first what was posted first. */
export const calledOffBefore = ({ callOffs }: Contract, order: CallOff): Pence =>
  sum(callOffs.slice(0, callOffs.indexOf(order)).filter(({ status }) => STANDING.includes(status)));

export const remainingOf = (contract: Contract): Pence => Math.max(0, contract.amount - calledOff(contract));
