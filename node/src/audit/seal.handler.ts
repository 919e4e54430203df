import { defineJob, JobHandler, type JobProcessor } from '../jobs/index.js';
import { AuditChain } from './audit-chain.js';
import { LookChain } from './looks/look-chain.js';

const sealAudit = defineJob({ name: 'audit.seal' });

/** Chains new rows of the audit log and the access log every few seconds. */
@JobHandler(sealAudit, { everyMs: 5000 })
export class SealAudit implements JobProcessor<object> {
  constructor(
    private readonly acts: AuditChain,
    private readonly looks: LookChain,
  ) {}

  async handle(): Promise<void> {
    await this.acts.seal();
    await this.looks.seal();
  }
}
