import { Module } from '@nestjs/common';
import { ProjectionRegistry } from '../indexer/index.js';
import { onGrantMade } from './projection/on-grant-made.js';
import { onGrantRevoked } from './projection/on-grant-revoked.js';

/** Access grants as the chain has them. */
@Module({})
export class GrantsModule {
  constructor(projections: ProjectionRegistry) {
    projections.add(onGrantMade);
    projections.add(onGrantRevoked);
  }
}
