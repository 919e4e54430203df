const reservedFor = (table: string) => `EXISTS (SELECT FROM ${table} e
  WHERE e.object = f.object AND e.ended IS NOT NULL AND e.terms = decode(substr(f.offer ->> 'root', 3), 'hex')
    AND e.lender = decode(substr(f.offer -> 'certificate' ->> 'account', 3), 'hex'))`;

/**
 * SQL condition that the reservation behind a row `f` of financings has ended by a word on chain: nothing can follow, and nothing is out.
 * As of the index, so that what a reorg takes back runs again.
 */
export const ENDED_ON_CHAIN = `(${reservedFor('chain_encumbrances')} OR ${reservedFor('chain_past_encumbrances')})`;
