import type { DeskRole } from './roles.js';

/** Who calls, as proven by a credential. */
export interface Principal {
  /** Stable id of the credential: `key:<id>` or `oidc:<subject>`. Scopes idempotency keys, rate limits and audit rows. */
  readonly credential: string;
  /** Name for people, from the key or the token. */
  readonly name: string;
  readonly roles: readonly DeskRole[];
}
