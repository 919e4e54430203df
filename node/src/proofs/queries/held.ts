import { ProofInvalid } from '../verify/state-proof.js';
import { proofUnavailable } from './problems.js';

/** What the endpoint's proof shows. Throws PROOF_UNAVAILABLE when it does not hold. */
export async function held<T>(proof: Promise<T>): Promise<T> {
  try {
    return await proof;
  } catch (error) {
    if (error instanceof ProofInvalid) throw proofUnavailable(`the endpoint's proof does not hold: ${error.message}`);
    throw error;
  }
}
