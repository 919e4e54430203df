import { defineProjection, touch } from '../../indexer/index.js';
import { chainEntities } from '../storage/chain-entities.js';

export const onLegalEntityRemoved = defineProjection({
  event: 'LegalEntityRemoved',
  touches: ({ event: { args } }) => [touch(chainEntities, { entity: args.entity })],
  apply({ event: { args }, block }, rows) {
    rows.patch(chainEntities, { entity: args.entity }, { removed_block: block });
  },
});
