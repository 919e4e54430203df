import type { Json } from '../../../scripts/demo/client.js';
import type { Random } from '../../chaos/random.js';
import { when } from '../commands.js';
import type { Step } from '../send.js';
import { changeOf, orderOf } from './documents.js';
import {
  calledOff,
  calledOffBefore,
  type CallOff,
  ceilingFor,
  type Contract,
  remainingOf,
  type Side,
  type Status,
} from './plain.js';

export interface Situation {
  readonly contract: Contract;
  /** One of those that call it off. */
  readonly callOff?: CallOff;
  readonly random: Random;
  /** A number that no other document has. */
  readonly number: string;
}

type Act = (situation: Situation) => Step | undefined;

const SIDES: readonly Side[] = ['core', 'supplier-1'];
const isSide = (member: string): member is Side => SIDES.some((side) => side === member);

/** Mostly one of those who should; now and then somebody else. */
const by = (random: Random, ...members: Side[]): string =>
  random.chance(0.85) ? random.of(members) : random.of([...SIDES, 'bank-a']);

/** An answer to an order that was posted, by the side whose it is. */
function answer(path: string, side: Side, to: Status, more: (situation: Situation) => string[] = () => []) {
  return (of: (situation: Situation) => CallOff | Contract | undefined): Act =>
    (situation) => {
      const order = of(situation);
      if (!order) return undefined;
      const member = by(situation.random, side);
      const refusals = [
        ...when(member !== side, 'ORDER_UNAUTHORIZED'),
        ...when(order.status !== 'POSTED', 'ORDER_INVALID_TRANSITION'),
        ...more(situation),
      ];
      return { member, path: `/v1/orders/${order.id}/${path}`, refusals, done: () => void (order.status = to) };
    };
}

/** Another amount for an order, within what `exceeds` allows. */
function propose(of: (s: Situation) => CallOff | Contract | undefined, exceeds: Exceeds): Act {
  return (s) => {
    const order = of(s);
    if (!order) return undefined;
    const member = by(s.random, ...SIDES);
    const amount = s.random.of([order.amount + 1, s.random.between(1, 3 * order.amount), remainingOf(s.contract) + 1]);
    return {
      member,
      path: `/v1/orders/${order.id}/changes`,
      body: { document: changeOf(order.number, s.number, amount) },
      refusals: [
        ...when(!isSide(member), 'ORDER_UNAUTHORIZED'),
        ...when(order.status !== 'ACCEPTED', 'ORDER_INVALID_STATUS'),
        ...when(order.change !== null, 'ORDER_CHANGE_PENDING'),
        ...exceeds(s, amount, member),
      ],
      done: () => void (order.change = { by: member as Side, amount }),
    };
  };
}

type Exceeds = (situation: Situation, amount: number, member: string) => string[];
/** More than before is never too little: by one side's count more may be called off already, since the other counts its own proposals alone. */
const belowCalledOff: Exceeds = ({ contract }, amount, member) =>
  when(amount < contract.amount && amount < calledOff(contract, member), 'FRAMEWORK_BELOW_CALLED_OFF');
const beyondOthers: Exceeds = ({ contract, callOff }, amount, member) =>
  when(amount > ceilingFor(contract, member) - calledOff(contract, member, callOff), 'FRAMEWORK_EXCEEDED');

/** The other side's word on a change: it takes effect, or nothing comes of it. */
function decide(of: (s: Situation) => CallOff | Contract | undefined, exceeds: Exceeds, takes: boolean): Act {
  return (s) => {
    const order = of(s);
    if (!order) return undefined;
    const { change } = order;
    const member = by(s.random, ...SIDES);
    return {
      member,
      path: `/v1/orders/${order.id}/changes/${order.version + 1}/${takes ? 'acceptance' : 'rejection'}`,
      refusals: [
        ...when(!isSide(member), 'ORDER_UNAUTHORIZED'),
        ...when(change === null, 'ORDER_CHANGE_MISSING'),
        ...when(takes && change?.by === member, 'ORDER_ALREADY_PROPOSED'),
        ...(takes && change !== null ? exceeds(s, change.amount, member) : []),
      ],
      done() {
        order.change = null;
        if (!takes) return;
        order.version++;
        order.amount = change!.amount;
        // What was said of its end was about the version before.
        if ('ended' in order) Object.assign(order.ended, { cancel: null, complete: null });
      },
    };
  };
}

/** One side's word that it ends, which takes effect with the other's. */
function end(act: 'cancel' | 'complete', path: string, to: Status): Act {
  return ({ contract, random }) => {
    const member = by(random, ...SIDES);
    const said = contract.ended[act];
    return {
      member,
      path: `/v1/orders/${contract.id}/${path}`,
      refusals: [
        ...when(!isSide(member), 'ORDER_UNAUTHORIZED'),
        ...when(contract.status !== 'ACCEPTED', 'ORDER_INVALID_TRANSITION'),
        ...when(said === member, 'ORDER_ALREADY_PROPOSED'),
      ],
      done() {
        contract.ended[act] = member as Side;
        if (said === null) return;
        contract.status = to;
        contract.change = null;
      },
    };
  };
}

const ofContract = ({ contract }: Situation) => contract;
const ofCallOff = ({ callOff }: Situation) => callOff;
const beyondEarlier = ({ contract, callOff }: Situation): string[] =>
  when(
    callOff!.amount > ceilingFor(contract, 'supplier-1') - calledOffBefore(contract, callOff!, 'supplier-1'),
    'FRAMEWORK_EXCEEDED',
  );

/** Commands on framework contracts and on what calls them off, by who should and by others, in every state. */
export const ACTS: Record<string, Act> = {
  acceptContract: answer('acceptance', 'supplier-1', 'ACCEPTED')(ofContract),
  rejectContract: answer('rejection', 'supplier-1', 'REJECTED')(ofContract),
  withdrawContract: answer('withdrawal', 'core', 'WITHDRAWN')(ofContract),
  callOff({ contract, random, number }) {
    const member = by(random, 'core');
    const left = remainingOf(contract);
    const amount = random.of([Math.ceil(left / 4), left, left + 1, 1]) || 1;
    return {
      member,
      path: `/v1/orders?framework=${contract.id}`,
      body: { document: orderOf(number, amount) },
      refusals: [
        ...when(member !== 'core', 'ORDER_UNAUTHORIZED'),
        ...when(contract.status !== 'ACCEPTED', 'ORDER_INVALID_STATUS'),
        ...when(!contract.begun, 'FRAMEWORK_NOT_BEGUN'),
        ...beyondOthers({ contract, random, number }, amount, member),
      ],
      done: ({ id }: Json) =>
        void contract.callOffs.push({ id: String(id), number, status: 'POSTED', version: 1, amount, change: null }),
    };
  },
  acceptCallOff: answer('acceptance', 'supplier-1', 'ACCEPTED', beyondEarlier)(ofCallOff),
  rejectCallOff: answer('rejection', 'supplier-1', 'REJECTED')(ofCallOff),
  withdrawCallOff: answer('withdrawal', 'core', 'WITHDRAWN')(ofCallOff),
  changeContract: propose(ofContract, belowCalledOff),
  acceptContractChange: decide(ofContract, belowCalledOff, true),
  declineContractChange: decide(ofContract, belowCalledOff, false),
  changeCallOff: propose(ofCallOff, beyondOthers),
  acceptCallOffChange: decide(ofCallOff, beyondOthers, true),
  declineCallOffChange: decide(ofCallOff, beyondOthers, false),
  cancelContract: end('cancel', 'cancellation', 'CANCELLED'),
  completeContract: end('complete', 'completion', 'COMPLETED'),
};
