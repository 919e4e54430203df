export { RecordRepayment } from './commands/record-repayment.js';
export { FinancingModule } from './financing.module.js';
export { FinancingViews } from './queries/financing-views.js';
export { Positions } from './queries/positions.js';
export { FinancingStore } from './storage/financing.store.js';
