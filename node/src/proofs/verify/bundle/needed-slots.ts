import type { Hex } from '../../../kernel/hex.js';
import type { ChainState, FingerprintBearer, ProvenRegistry } from '../chain-state.js';
import { IMPLEMENTATION_SLOT } from '../state-proof.js';
import type { BundledMember, BundledOrder, BundledReceivable } from './bundle.js';

/** What a bundle speaks of, as far as slots go. */
export interface BundleSubjects {
  readonly members: readonly BundledMember[];
  readonly orders: readonly Pick<BundledOrder, 'id' | 'batch'>[];
  readonly receivables: readonly Pick<BundledReceivable, 'id' | 'orders' | 'fingerprints'>[];
}

/**
 * Every slot that a verdict on these rests on, by registry, ascending. The fingerprints' places depend on who owes and on
 * the instalment: `bearerOf` tells, or answers undefined to leave them out for now.
 */
export function neededSlots(
  chain: ChainState,
  { members, orders, receivables }: BundleSubjects,
  bearerOf: (receivable: Hex) => FingerprintBearer | undefined,
): Readonly<Record<ProvenRegistry, readonly Hex[]>> {
  const fingerprints = receivables.flatMap(({ id, fingerprints: all }) => {
    const bearer = bearerOf(id);
    return bearer === undefined ? [] : all.map((fingerprint) => chain.fingerprintSlot(bearer, fingerprint));
  });
  return {
    MemberRegistry: ascending([
      chain.domainSaltSlot(),
      ...members.flatMap(({ number, name, operators }) => [
        ...chain.memberSlots(number),
        chain.nameSlot(name),
        ...operators.flatMap((account) => chain.operatorSlots(account)),
      ]),
    ]),
    OrderRegistry: ascending(
      orders.flatMap(({ id, batch }) => [
        ...chain.orderSlots(id),
        ...(batch ? chain.batchSlots(batch.buyer, batch.root) : []),
      ]),
    ),
    ReceivableRegistry: ascending([
      ...orders.flatMap(({ id }) => chain.encumbranceSlots(id)),
      ...receivables.flatMap(({ id, orders: born }) => [
        ...chain.receivableSlots(id),
        ...chain.birthSlots(id, born.length),
        ...chain.encumbranceSlots(id),
        chain.parentSlot(id),
      ]),
      ...fingerprints,
    ]),
  };
}

const ascending = (slots: readonly Hex[]): Hex[] => [...new Set([IMPLEMENTATION_SLOT, ...slots])].sort();
