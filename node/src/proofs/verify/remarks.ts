import type { IdentityNotes } from './evidence.js';

const OF_PARTIES: Record<IdentityNotes['parties'], string> = {
  registered: '',
  learn: ' Legal entities were learnt at first use, not registered.',
  unchecked:
    ' That the legal entities in the documents are these members is not shown by the file, nor that they have no operator accounts, perhaps in doubt, beside those in it.',
};

/** What a credit officer must read beside a VALID issuance: it stands, but on something weaker than it could. */
export function remarks({ inDoubt, parties }: IdentityNotes): string {
  const doubt = inDoubt.length > 0 ? ' A key of a party has come into doubt for that time (KEY_IN_DOUBT).' : '';
  return `${doubt}${OF_PARTIES[parties]}`;
}
