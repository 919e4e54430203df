import { RoundHandler, type RoundProcessor } from '../jobs/index.js';
import { AuditChain } from './audit-chain.js';
import { LookChain } from './looks/look-chain.js';

/** Chains new rows of the audit log and the access log every few seconds. */
@RoundHandler({ name: 'audit.seal', everyMs: 5000 })
export class SealAudit implements RoundProcessor {
  constructor(
    private readonly acts: AuditChain,
    private readonly looks: LookChain,
  ) {}

  async handle(): Promise<void> {
    await this.acts.seal();
    await this.looks.seal();
  }
}
