export { ProblemFilter } from './problem.filter.js';
export * from './problems.js';
export { PROBLEM_MEDIA_TYPE, problemHeaders, renderProblem } from './render-problem.js';
export { toProblem } from './to-problem.js';
