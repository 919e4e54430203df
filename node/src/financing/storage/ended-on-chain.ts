/** SQL condition on the reservation behind a row `f` of financings: the one of its offer's terms and lender. */
const reservation = (table: string, ended: 'NULL' | 'NOT NULL') => `EXISTS (SELECT FROM ${table} e
  WHERE e.object = f.object AND e.ended IS ${ended} AND e.terms = decode(substr(f.offer ->> 'root', 3), 'hex')
    AND e.lender = decode(substr(f.offer -> 'certificate' ->> 'account', 3), 'hex'))`;

/**
 * SQL condition that the reservation behind a row `f` of financings has ended by a word on chain: nothing can follow, and nothing is out.
 * As of the index, so that what a reorg takes back runs again.
 */
export const ENDED_ON_CHAIN = `(${reservation('chain_encumbrances', 'NOT NULL')} OR ${reservation('chain_past_encumbrances', 'NOT NULL')})`;

/** SQL condition that it was reserved and has not ended, whatever its sides said: one that was withdrawn may be reserved all the same (docs/adr/0056). */
export const RUNS_ON_CHAIN = reservation('chain_encumbrances', 'NULL');
