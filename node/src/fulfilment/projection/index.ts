export { onMilestoneRecorded } from './on-milestone-recorded.js';
