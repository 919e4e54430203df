import { Logger } from '@nestjs/common';
import { chainUnavailable } from './problems.js';
import type { RpcEndpoint } from './rpc-endpoint.js';
import { EndpointError, type EndpointFault } from './rpc-error.js';

/** How an endpoint does, for health and metrics. */
export interface EndpointStatus {
  readonly name: string;
  readonly fault: EndpointFault | null;
  readonly reason: string | null;
}

interface Entry {
  readonly endpoint: RpcEndpoint;
  identified: boolean;
  failures: number;
  /** Until when it is passed over, in milliseconds of a clock that nobody sets. */
  until: number;
  fault: EndpointError | null;
  /** Whether anybody asked it since {@link EndpointPool.tryIdle}. */
  used: boolean;
}

/** Longest time (ms) that an endpoint is passed over: one that lags may not an instant later, one that lied will again. */
const LONGEST: Record<EndpointFault, number> = {
  UNREACHABLE: 2_000,
  MALFORMED: 2_000,
  BEHIND: 0,
  WRONG_CHAIN: 15_000,
  NOT_BELIEVED: 15_000,
};
const FIRST_MS = 100;

/** The endpoints in order of preference. Each is identified before its answers count, and again after each failure. */
export class EndpointPool {
  private readonly logger = new Logger(EndpointPool.name);
  private readonly entries: Entry[];

  constructor(
    endpoints: readonly RpcEndpoint[],
    /** Throws EndpointError WRONG_CHAIN for an endpoint of another chain. */
    private readonly identify: (endpoint: RpcEndpoint) => Promise<void>,
  ) {
    const unknown = { identified: false, failures: 0, until: 0, fault: null, used: false };
    this.entries = endpoints.map((endpoint) => ({ ...unknown, endpoint }));
  }

  get size(): number {
    return this.entries.length;
  }

  /**
   * What `task` makes of the first endpoint that serves it. When the endpoint fails (EndpointError) the next is tried;
   * any other error is the caller's. Throws CHAIN_UNAVAILABLE when none is left.
   */
  async use<T>(task: (endpoint: RpcEndpoint) => Promise<T>): Promise<T> {
    const now = performance.now();
    for (const entry of this.entries) {
      if (entry.until > now) continue;
      entry.used = true;
      try {
        return await this.serve(entry, task);
      } catch (error) {
        if (!(error instanceof EndpointError)) throw error;
      }
    }
    const reasons = this.entries.map(({ endpoint, fault }) => [endpoint.name, fault?.message ?? 'not asked']);
    throw chainUnavailable('no endpoint of the chain answers as it should', { endpoints: Object.fromEntries(reasons) });
  }

  /**
   * Runs `task` on each endpoint that nobody asked since the last time, so that what is known of it is of now: while the first one
   * serves the others are not asked. Resolves when all have answered, or failed; rejects with what is no EndpointError.
   */
  async tryIdle(task: (endpoint: RpcEndpoint) => Promise<unknown>): Promise<void> {
    const now = performance.now();
    const idle = this.entries.filter(({ used, until }) => !used && until <= now);
    for (const entry of this.entries) entry.used = false;
    const tries = idle.map(async (entry) => {
      // It may be another one by now at the same address.
      entry.identified = false;
      try {
        await this.serve(entry, task);
      } catch (error) {
        if (!(error instanceof EndpointError)) throw error;
      }
    });
    await Promise.all(tries);
  }

  status(): EndpointStatus[] {
    return this.entries.map(({ endpoint, fault }) => ({
      name: endpoint.name,
      fault: fault?.fault ?? null,
      reason: fault?.message ?? null,
    }));
  }

  private async serve<T>(entry: Entry, task: (endpoint: RpcEndpoint) => Promise<T>): Promise<T> {
    try {
      if (!entry.identified) await this.identify(entry.endpoint);
      entry.identified = true;
      const result = await task(entry.endpoint);
      this.praise(entry);
      return result;
    } catch (error) {
      if (error instanceof EndpointError) this.blame(entry, error);
      throw error;
    }
  }

  private praise(entry: Entry): void {
    if (entry.fault) this.logger.log({ endpoint: entry.endpoint.name }, 'an endpoint of the chain is back');
    entry.fault = null;
    entry.failures = 0;
  }

  private blame(entry: Entry, error: EndpointError): void {
    const grave = error.fault === 'NOT_BELIEVED' || error.fault === 'WRONG_CHAIN';
    if (grave || !entry.fault)
      this.logger[grave ? 'error' : 'warn'](
        { endpoint: entry.endpoint.name, fault: error.fault, reason: error.message },
        'an endpoint of the chain is passed over',
      );
    const pause = grave ? LONGEST[error.fault] : Math.min(FIRST_MS * 2 ** entry.failures, LONGEST[error.fault]);
    entry.failures++;
    entry.fault = error;
    if (error.fault !== 'BEHIND') entry.identified = false;
    entry.until = performance.now() + pause;
  }
}
