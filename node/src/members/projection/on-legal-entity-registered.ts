import { defineProjection, touch } from '../../indexer/index.js';
import { chainEntities } from '../storage/chain-entities.js';

export const onLegalEntityRegistered = defineProjection({
  event: 'LegalEntityRegistered',
  // It may have been another member's, until the chambers took it.
  touches: ({ event: { args } }) => [touch(chainEntities, { entity: args.entity })],
  apply({ event: { args }, block }, rows) {
    const { entity, member } = args;
    rows.put(chainEntities, { entity, member, registered_block: block, removed_block: null });
  },
});
