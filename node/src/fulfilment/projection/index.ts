export { onMilestoneRecorded } from './on-milestone-recorded.js';
export { onParticipantAppointed } from './on-participant-appointed.js';
