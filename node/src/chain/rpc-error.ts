import type { Hex } from '../kernel/hex.js';

/** How clients say that the EVM ran a call and did not like it. */
const FAILED_CALL = /revert|out of gas|gas required exceeds|exceeds block gas limit|invalid opcode|EVM error/i;

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
