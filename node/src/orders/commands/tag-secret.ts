/** Injection token of the secret (KeyObject) behind the tags of this member's order numbers. */
export const TAG_SECRET = Symbol('TAG_SECRET');
