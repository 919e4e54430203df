import type { Hex } from '../../kernel/hex.js';
import type { Bundle } from '../verify/bundle/bundle.js';
import type { ProvenState } from '../verify/bundle/prove-state.js';
import type { ProvenRegistry } from '../verify/chain-state.js';
import type { ProvenSlots } from './own-chain.js';

/** Something that a bundle rests on and that is otherwise now. */
export interface ObjectChange {
  readonly what: 'ORDER' | 'RECEIVABLE' | 'ENCUMBRANCE' | 'FINGERPRINT' | 'MEMBER';
  /** Id of the order or receivable, or name of the member. */
  readonly object: string;
}

/** What changed between the slots that a bundle proves and the same slots now. */
export function changesSince(bundle: Bundle, { chain, slots }: ProvenState, now: ProvenSlots): ObjectChange[] {
  const differ = (contract: ProvenRegistry, places: readonly Hex[]): boolean =>
    places.some((slot) => slots[contract].get(slot) !== now.get(contract)?.get(slot));
  const found: (ObjectChange | false)[] = [
    ...bundle.orders.flatMap(({ id, batch }) => [
      differ('OrderRegistry', [
        ...chain.orderSlots(id),
        ...(batch ? chain.batchSlots(batch.buyer, batch.root) : []),
      ]) && { what: 'ORDER' as const, object: id },
      differ('ReceivableRegistry', chain.encumbranceSlots(id)) && { what: 'ENCUMBRANCE' as const, object: id },
    ]),
    ...bundle.receivables.flatMap(({ id, fingerprints }) => {
      const bearer = chain.readReceivable(id, slots.ReceivableRegistry);
      const taken = fingerprints.map((fingerprint) => chain.fingerprintSlot(bearer, fingerprint));
      return [
        differ('ReceivableRegistry', chain.receivableSlots(id)) && { what: 'RECEIVABLE' as const, object: id },
        differ('ReceivableRegistry', chain.encumbranceSlots(id)) && { what: 'ENCUMBRANCE' as const, object: id },
        differ('ReceivableRegistry', taken) && { what: 'FINGERPRINT' as const, object: id },
      ];
    }),
    ...bundle.members.map(({ number, name, operators }) => {
      const places = [...chain.memberSlots(number), ...operators.flatMap((account) => chain.operatorSlots(account))];
      return differ('MemberRegistry', places) && { what: 'MEMBER' as const, object: name };
    }),
  ];
  return found.filter((change) => change !== false);
}
