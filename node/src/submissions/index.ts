export type { Submission, SubmissionRequest, SubmissionStatus } from './submission.js';
export { Submissions } from './submissions.js';
export { SubmissionsModule } from './submissions.module.js';
