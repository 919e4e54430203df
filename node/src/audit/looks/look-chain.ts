import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { HashChain } from '../hash-chain.js';
import { LOOK_COLUMNS, type LookRow, lookValues } from './row.js';

/** Chains the rows of the access log by hash. */
@Injectable()
export class LookChain extends HashChain<LookRow> {
  constructor(unitOfWork: UnitOfWork) {
    super(unitOfWork, {
      name: 'access_log',
      lock: 6_349_077_401_230,
      columns: LOOK_COLUMNS,
      widest: 'fields',
      values: lookValues,
    });
  }
}
