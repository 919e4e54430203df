import { defineProjection } from '../../indexer/index.js';
import { patchOrder, touchOrder } from './order-row.js';

export const onMilestoneRecorded = defineProjection({
  event: 'MilestoneRecorded',
  touches: touchOrder,
  apply(record, rows) {
    const { head, index, coverVersion } = record.event.args;
    patchOrder(record, rows, { head, entries: index + 1, cover_version: coverVersion });
  },
});
