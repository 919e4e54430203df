export { Accepted, accepted, Done, done, doneOfMany, Loads, OwnUnit, TAKEN_IN } from './answers.js';
export { bodyText } from './body-text.js';
export { Heads, indexBehind } from './heads.js';
export { type ItemCommand, ItemGate } from './commands/item-gate.js';
export { IdempotencyStore } from './idempotency/store.js';
export { describeSchema, describeWebhook } from './openapi/described-later.js';
export { describeApi } from './openapi/describe-api.js';
export { HttpModule } from './http.module.js';
export { type Page, pageOf, pageQuery, readCursor, toPage } from './pages.js';
export {
  COMMAND_GATE,
  type CommandGate,
  type GatedCommand,
  type Head,
  INDEX_HEAD,
  type IndexHeadPort,
  SUBMISSION_WAITER,
  type SubmissionOutcome,
  type SubmissionStatus,
  type SubmissionWaiter,
} from './ports.js';
export { instant } from './instant.js';
export { moneyInput } from './money-input.js';
export { uuidParam, wholeParam } from './path-params.js';
