export type { Submission, SubmissionRequest, SubmissionStatus } from './submission.js';
export { Submissions } from './submissions.js';
