import { defineProblem } from '../kernel/problem.js';
import { problemHeaders } from './render-problem.js';

const kind = (status: number) => defineProblem({ code: `HEADED_${status}`, status, title: 'Tested' });
const [passing, final] = [kind(503), kind(409)];

it.each([
  ['when a problem says itself', passing('later', { retryAfterSeconds: 60 }), '60'],
  ['of whatever else passes', passing('later'), '5'],
  ['not of what stays', final('never'), undefined],
])('says when to ask again: %s', (_, problem, seconds) => {
  expect(problemHeaders(problem)['retry-after']).toBe(seconds);
});
