import { HDNodeWallet } from 'ethers';
import type { Address } from '../kernel/ids.js';

const PHRASE = 'test test test test test test test test test test test junk';
const COUNT = 20;

/** Throws for an account whose key everybody knows: those that anvil and Hardhat print at their start. */
export function requireSecret(address: Address): void {
  const root = HDNodeWallet.fromPhrase(PHRASE, undefined, "m/44'/60'/0'/0");
  for (let i = 0; i < COUNT; i++)
    if (root.deriveChild(i).address.toLowerCase() === address)
      throw new Error(`the key of ${address} is a development key that everybody knows`);
}
