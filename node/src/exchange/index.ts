export { Exchange } from './exchange.js';
export { envelopeInParts } from './domain/problems.js';
export type { Unfinished } from './queries/unfinished-letters.js';
export { ExchangeModule } from './exchange.module.js';
export {
  EnvelopeHandler,
  type EnvelopeHandlerOptions,
  type EnvelopeProcessor,
  type LetterPart,
  type ReceivedEnvelope,
} from './receiving/envelope-handler.js';
export type { Outgoing } from './sending/write-letter.js';
