import type { Hex } from '../kernel/hex.js';

/** How clients say that the EVM ran a call and did not like it; Besu's words for one that halted are the last ones. */
const FAILED_CALL =
  /revert|out of gas|gas required exceeds|exceeds block gas limit|invalid opcode|EVM error|not be completed due to an exception/i;

/** How they (geth and anvil, Besu, Hardhat) say that they have a transaction, or had it. */
const TAKEN = /already known|known transaction|already imported|nonce too low/i;

/** An endpoint's refusal of one request: the request is at fault, or the call reverts. Asking elsewhere would not help. */
export class RpcError extends Error {
  constructor(
    readonly method: string,
    readonly code: number,
    message: string,
    /** What the call reverted with, if it did. */
    readonly revertData?: Hex,
  ) {
    super(`${method}: ${message}`);
    this.name = 'RpcError';
  }

  /** Whether the call itself fails, with or without data to say why; anything else may pass. */
  get reverted(): boolean {
    return this.revertData !== undefined || FAILED_CALL.test(this.message);
  }

  /** Whether a transaction is refused only because it was sent before: this one, or another under its nonce. */
  get taken(): boolean {
    return TAKEN.test(this.message);
  }
}

/** Why an endpoint is passed over for a while. */
export type EndpointFault = 'UNREACHABLE' | 'MALFORMED' | 'WRONG_CHAIN' | 'BEHIND' | 'NOT_BELIEVED';

/** The endpoint itself is at fault: another one may answer. */
export class EndpointError extends Error {
  constructor(
    readonly fault: EndpointFault,
    message: string,
  ) {
    super(message);
    this.name = 'EndpointError';
  }
}
