import type { IdentityNotes } from './evidence.js';

/** What a credit officer must read beside a VALID issuance: it stands, but on something weaker than it could. */
export function remarks({ inDoubt, parties }: IdentityNotes): string {
  const doubt = inDoubt.length > 0 ? ' A key of a party has come into doubt for that time (KEY_IN_DOUBT).' : '';
  return parties === 'learn' ? `${doubt} Legal entities were learnt at first use, not registered.` : doubt;
}
