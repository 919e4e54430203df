/** Injection token of the seal (AtRest) under which webhooks' signing secrets are kept. */
export const WEBHOOK_SEAL = Symbol('WEBHOOK_SEAL');
