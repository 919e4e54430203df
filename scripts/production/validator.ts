import { randomBytes } from 'node:crypto';
import { computeAddress, SigningKey } from 'ethers';
import type { ValidatorCard } from './cards.js';

/** A validator's key, as Besu reads it, and the card for the others. */
export function makeValidator(name: string, host: string, port: number): { key: string; card: ValidatorCard } {
  const key = new SigningKey(`0x${randomBytes(32).toString('hex')}`);
  const publicKey = `0x${key.publicKey.slice(4)}`;
  const address = computeAddress(key.publicKey).toLowerCase();
  const card = { format: 'tradeproof-validator', version: 1, name, address, publicKey, host, port } as const;
  return { key: key.privateKey.slice(2), card };
}
