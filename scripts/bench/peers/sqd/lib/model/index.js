// The table that both indexers fill, as SQD's store wants it described.
const { Column, Entity, PrimaryColumn } = require('typeorm');

const TYPES = {
  bytea: ['commitment', 'first_commitment', 'tag', 'rejection', 'head'],
  text: ['status'],
  boolean: ['encumbered'],
  integer: ['posted_log'],
  bigint: [
    ...['buyer', 'supplier', 'version', 'cover_version', 'expiry', 'cancel_proposed_by', 'complete_proposed_by'],
    ...['pending_version', 'encumbered_descendants', 'entries', 'posted_block', 'posted_at', 'changed_block'],
    'changed_at',
  ],
};

class Order {
  constructor(props) {
    Object.assign(this, props);
  }
}
PrimaryColumn({ type: 'bytea' })(Order.prototype, 'id');
for (const [type, names] of Object.entries(TYPES))
  for (const name of names) Column({ type, nullable: true })(Order.prototype, name);
Entity('chain_orders')(Order);
module.exports = { Order };
