import { defineProjection } from '../../indexer/index.js';
import { chainEntities } from '../storage/chain-entities.js';

export const onLegalEntityRegistered = defineProjection({
  event: 'LegalEntityRegistered',
  touches: () => [],
  apply({ event: { args }, block }, rows) {
    rows.put(chainEntities, { entity: args.entity, member: args.member, registered_block: block });
  },
});
