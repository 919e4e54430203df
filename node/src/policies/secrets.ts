/** Injection token of the seal (AtRest) under which bodies of commands wait for approval. */
export const APPROVAL_SEAL = Symbol('APPROVAL_SEAL');
