import { BadRequestException, ForbiddenException, NotFoundException } from '@nestjs/common';
import { QueryFailedError } from 'typeorm';
import { toProblem } from './to-problem.js';

const coded = (code: string, message = 'hush') => Object.assign(new Error(message), { code });
const query = (code: string) => new QueryFailedError('SELECT hush', [], coded(code));

it.each([
  [query('40001'), 'TRY_AGAIN', 503],
  [query('40P01'), 'TRY_AGAIN', 503],
  [query('53200'), 'TRY_AGAIN', 503],
  [query('57P01'), 'DATABASE_UNAVAILABLE', 503],
  [query('08006'), 'DATABASE_UNAVAILABLE', 503],
  [query('25006'), 'DATABASE_UNAVAILABLE', 503],
  [coded('ECONNREFUSED'), 'DATABASE_UNAVAILABLE', 503],
  [new Error('Connection terminated unexpectedly'), 'DATABASE_UNAVAILABLE', 503],
  [query('22021'), 'REQUEST_MALFORMED', 400],
  [query('22003'), 'REQUEST_INVALID', 400],
  [query('23505'), 'INTERNAL_ERROR', 500],
  [new NotFoundException('hush'), 'ROUTE_NOT_FOUND', 404],
  [new BadRequestException('hush'), 'REQUEST_MALFORMED', 400],
  [new ForbiddenException('hush'), 'REQUEST_REFUSED', 400],
  [Object.assign(new Error('hush'), { statusCode: 413 }), 'BODY_TOO_LARGE', 413],
  [Object.assign(new Error('hush'), { statusCode: 500 }), 'INTERNAL_ERROR', 500],
  [Object.assign(coded('ECONNRESET', 'aborted'), { statusCode: 400 }), 'REQUEST_MALFORMED', 400],
  [Object.assign(new Error('hush'), { statusCode: 408 }), 'REQUEST_TIMEOUT', 408],
  [new TypeError('hush'), 'INTERNAL_ERROR', 500],
  ['hush', 'INTERNAL_ERROR', 500],
  [undefined, 'INTERNAL_ERROR', 500],
])('%p is %s', (error, code, status) => {
  const problem = toProblem(error);
  expect([problem.code, problem.status]).toEqual([code, status]);
  expect(JSON.stringify([problem.detail, problem.facts])).not.toContain('hush');
});
