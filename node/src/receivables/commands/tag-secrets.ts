import type { Hex } from '../../kernel/hex.js';

/** Injection token of the secrets (Hex, 32 bytes) behind this member's tag keys, in no certain order. */
export const TAG_SECRETS = Symbol('TAG_SECRETS');
export type TagSecrets = readonly Hex[];
