import type { INestApplicationContext } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { definedJobs } from './job.js';
import { JOB_HANDLER } from './job-handler.js';
import { definedRounds, ROUND_HANDLER } from './round-handler.js';

/**
 * Throws unless providers of this node handle each job and go round each round that is defined. Asked of a node with all
 * rooms: what is defined is what was imported, by whomever.
 */
export function refuseUndone(app: INestApplicationContext): void {
  const providers = app.get(DiscoveryService, { strict: false }).getProviders();
  const lacking = (defined: readonly string[], key: symbol): string[] => {
    const there = providers.map(
      ({ metatype }) => metatype && (Reflect.getMetadata(key, metatype) as { name: string } | undefined)?.name,
    );
    return defined.filter((name) => !there.includes(name));
  };
  const [orphans, missing] = [lacking(definedJobs(), JOB_HANDLER), lacking(definedRounds(), ROUND_HANDLER)];
  const faults = [
    ...(orphans.length > 0 ? [`no handler for ${orphans.join(', ')}`] : []),
    ...(missing.length > 0 ? [`no provider goes round ${missing.join(', ')}`] : []),
  ];
  if (faults.length > 0) throw new Error(faults.join('; '));
}
