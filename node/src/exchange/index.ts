export { Exchange, type Outgoing } from './exchange.js';
export type { Unfinished } from './queries/unfinished-letters.js';
export { ExchangeModule } from './exchange.module.js';
export {
  EnvelopeHandler,
  type EnvelopeHandlerOptions,
  type EnvelopeProcessor,
  type ReceivedEnvelope,
} from './receiving/envelope-handler.js';
