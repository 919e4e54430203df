import { defineChainTable } from '../../indexer/index.js';
import type { Hex } from '../../kernel/hex.js';

/** A consent that its signer made unusable, by the nonce in it. */
export interface ChainCancelledNonce {
  readonly signer: Hex;
  readonly nonce: Hex;
}

export const chainCancelledNonces = defineChainTable<ChainCancelledNonce>({
  name: 'chain_cancelled_nonces',
  key: ['signer', 'nonce'],
  columns: { signer: 'bytea', nonce: 'bytea' },
});
