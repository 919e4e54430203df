import { QueryFailedError } from 'typeorm';
import { createPino, NestLogger, withRequestContext } from './index.js';

function capture(): { logger: NestLogger; lines: () => Record<string, unknown>[] } {
  const written: string[] = [];
  const logger = new NestLogger(
    createPino({ logLevel: 'info', member: 'core' }, { write: (line) => void written.push(line) }),
  );
  return { logger, lines: () => written.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

it('writes JSON with level, time, member, context and the request’s id', () => {
  const { logger, lines } = capture();
  withRequestContext({ requestId: 'request-0001' }, () => logger.log({ order: '0x01' }, 'posted', 'Orders'));
  logger.warn('plain', 'Orders');
  logger.debug('below the level', 'Orders');
  expect(lines()).toEqual([
    {
      level: 'info',
      time: expect.any(String),
      member: 'core',
      context: 'Orders',
      order: '0x01',
      requestId: 'request-0001',
      msg: 'posted',
    },
    { level: 'warn', time: expect.any(String), member: 'core', context: 'Orders', msg: 'plain' },
  ]);
});

it('redacts secrets and documents that are logged by mistake', () => {
  const { logger, lines } = capture();
  logger.log(
    { apiKey: 'hush', document: 'hush', request: { authorization: 'hush', body: 'hush' }, order: '0x01' },
    'x',
    'C',
  );
  expect(JSON.stringify(lines())).not.toContain('hush');
  expect(lines()[0]!['order']).toBe('0x01');
});

it('writes errors without what drivers hang on them', () => {
  const { logger, lines } = capture();
  const driver = Object.assign(new Error('duplicate key: (price)=(hush)'), {
    code: '23505',
    severity: 'ERROR',
    detail: 'hush',
    table: 't',
    constraint: 'c',
  });
  logger.error({ err: new QueryFailedError('INSERT hush', ['hush'], driver) }, 'it failed', 'C');
  logger.error({ err: Object.assign(new Error('outer', { cause: driver }), { payload: 'hush' }) }, 'it failed', 'C');
  logger.error(new Error('bare'), 'C');
  const [query, wrapped, bare] = lines().map((line) => line['err'] as Record<string, unknown>);
  expect(JSON.stringify(lines())).not.toContain('hush');
  expect(query).toMatchObject({ type: 'QueryFailedError', code: '23505', message: 'database error 23505 t c' });
  expect(wrapped).toMatchObject({ message: 'outer', cause: { code: '23505' } });
  expect(bare!['stack']).toContain('logging.spec');
});
