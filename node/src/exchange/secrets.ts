import type { StoredKeys } from '../config/index.js';

/** Injection token of this member's secrets, as far as the exchange uses them. */
export const EXCHANGE_SECRETS = Symbol('EXCHANGE_SECRETS');

export type ExchangeSecrets = Pick<StoredKeys, 'vault' | 'messageSigning' | 'messageEncryption' | 'former' | 'next'>;
