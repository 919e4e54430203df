import type { Hex } from '../../../kernel/hex.js';
import { ChainState, PROVEN_REGISTRIES, type ProvenRegistry, type Slots } from '../chain-state.js';
import { IMPLEMENTATION_SLOT, ProofInvalid, proveAccount, type ProvenAccount, word } from '../state-proof.js';
import type { StorageLayout } from '../storage-layout.js';
import type { Trust, TrustedContract } from '../trust/trust.js';
import type { Bundle, BundledState } from './bundle.js';
import { neededSlots } from './needed-slots.js';

/** Why nothing that the file says of the chain is proven. */
export class StateRefused extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

export interface ProvenState {
  readonly chain: ChainState;
  readonly slots: Readonly<Record<ProvenRegistry, Slots>>;
}

/**
 * That each slot which the bundle relies on, and no other, is proven under `stateRoot` in the registries that the trust
 * file pins, and that these run code which it accepts. Throws {@link StateRefused}.
 */
export async function proveState(bundle: Bundle, stateRoot: Hex, trust: Trust): Promise<ProvenState> {
  if (bundle.chainId !== trust.chainId)
    throw new StateRefused(
      'CHAIN_MISMATCH',
      `The file is of chain ${bundle.chainId}, your trust file of chain ${trust.chainId}.`,
    );
  const layouts = {} as Record<ProvenRegistry, StorageLayout>;
  const slots = {} as Record<ProvenRegistry, Slots>;
  for (const state of bundle.state) {
    const { layout, account } = await proveRegistry(state, stateRoot, trust.contracts[state.contract]);
    layouts[state.contract] = layout;
    slots[state.contract] = account.slots;
  }
  const chain = new ChainState(layouts);
  const proven = { chain, slots };
  requireExactly(
    bundle,
    neededSlots(chain, bundle, () => undefined),
    false,
  );
  const bearers = new Map(bundle.receivables.map(({ id }) => [id, chain.readReceivable(id, slots.ReceivableRegistry)]));
  requireExactly(
    bundle,
    neededSlots(chain, bundle, (id) => bearers.get(id)),
    true,
  );
  return proven;
}

/** One registry's account and slots, and where its code keeps what. Throws {@link StateRefused}. */
export async function proveRegistry(
  { contract, account: accountProof, implementation, storage }: BundledState<string>,
  stateRoot: Hex,
  { address, codeHash, layouts }: TrustedContract,
): Promise<{ layout: StorageLayout; account: ProvenAccount }> {
  const storageProof = storage.map(({ slot, proof }) => ({ key: slot, proof }));
  const slots = storage.map(({ slot }) => slot);
  const account = await held(proveAccount(stateRoot, address, slots, { address, accountProof, storageProof }));
  if (account.codeHash !== codeHash)
    throw new StateRefused('CODE_UNKNOWN', `Other code than your trust file accepts stands at ${contract}’s address.`);
  if (account.slots.get(IMPLEMENTATION_SLOT) !== word(implementation.address))
    throw new StateRefused(
      'IMPLEMENTATION_UNKNOWN',
      `${contract} does not run the implementation that the file shows.`,
    );
  const code = await held(
    proveAccount(stateRoot, implementation.address, [], {
      address: implementation.address,
      accountProof: implementation.account,
      storageProof: [],
    }),
  );
  const layout = layouts.get(code.codeHash);
  if (!layout)
    throw new StateRefused(
      'IMPLEMENTATION_UNKNOWN',
      `${contract} runs code that your trust file does not list (${code.codeHash}).`,
    );
  return { layout, account };
}

async function held<T>(proof: Promise<T>): Promise<T> {
  try {
    return await proof;
  } catch (error) {
    if (error instanceof ProofInvalid)
      throw new StateRefused('PROOF_INVALID', `A proof does not hold: ${error.message}.`);
    throw error;
  }
}

/** One form: each slot relied on, and none beside. */
function requireExactly(
  bundle: Bundle,
  needed: Readonly<Record<ProvenRegistry, readonly Hex[]>>,
  whole: boolean,
): void {
  for (const contract of PROVEN_REGISTRIES) {
    const given = new Set(bundle.state.find((each) => each.contract === contract)!.storage.map(({ slot }) => slot));
    if (needed[contract].some((slot) => !given.has(slot)))
      throw new StateRefused('SLOT_NOT_PROVEN', `The file lacks the proof of a slot of ${contract} that it relies on.`);
    if (whole && given.size !== needed[contract].length)
      throw new StateRefused('SLOT_SURPLUS', `The file proves slots of ${contract} that it does not rely on.`);
  }
}
