import { defineProblem } from '../../kernel/problem.js';

export const logPositionUnknown = defineProblem({
  code: 'LOG_POSITION_UNKNOWN',
  status: 404,
  title: 'The access log has no row at this position',
});
