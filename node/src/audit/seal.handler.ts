import { defineJob, JobHandler, type JobProcessor } from '../jobs/index.js';
import { AuditChain } from './audit-chain.js';

const sealAudit = defineJob({ name: 'audit.seal' });

/** Chains new rows of the audit log every few seconds. */
@JobHandler(sealAudit, { everyMs: 5000 })
export class SealAudit implements JobProcessor<object> {
  constructor(private readonly chain: AuditChain) {}

  async handle(): Promise<void> {
    await this.chain.seal();
  }
}
