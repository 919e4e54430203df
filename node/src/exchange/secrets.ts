import type { MemberKeys } from '../config/index.js';

/** Injection token of this member's secrets, as far as the exchange uses them. */
export const EXCHANGE_SECRETS = Symbol('EXCHANGE_SECRETS');

export type ExchangeSecrets = Pick<MemberKeys, 'vault' | 'messageSigning' | 'messageEncryption'>;
