export { Accepted, accepted, Done, done, Loads } from './answers.js';
export {
  type Head,
  INDEX_HEAD,
  type IndexHeadPort,
  SUBMISSION_WAITER,
  type SubmissionOutcome,
  type SubmissionStatus,
  type SubmissionWaiter,
} from './ports.js';
