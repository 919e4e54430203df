import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/index.js';
import { HashChain } from './hash-chain.js';
import { AUDIT_COLUMNS, type AuditRow, auditValues } from './row.js';

/** Chains the rows of the audit log by hash. */
@Injectable()
export class AuditChain extends HashChain<AuditRow> {
  constructor(unitOfWork: UnitOfWork) {
    super(unitOfWork, {
      name: 'audit_log',
      lock: 6_349_077_401_229,
      columns: AUDIT_COLUMNS,
      widest: 'facts',
      values: auditValues,
    });
  }
}
