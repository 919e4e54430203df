import { AnchorAccessLog } from './anchor-access-log.handler.js';

const HOUR = 3_600;
const answering = (value: unknown) => () => Promise.resolve(value);

/** How many heads are sent by whoever sealed up to a position, an hour after the last one was. */
async function sent(position: number, last: number): Promise<number> {
  let heads = 0;
  const handler = new (AnchorAccessLog as new (...args: never[]) => AnchorAccessLog)(
    ...([
      { run: (work: () => Promise<void>) => work(), manager: { query: answering([]) } },
      { seal: answering({ position, hash: '11'.repeat(32) }) },
      { self: answering({ active: true }) },
      { last: answering({ position: last, sentAt: HOUR, submission: 'one' }), add: answering(undefined) },
      { get: answering({ status: 'INCLUDED' }) },
      { submit: () => Promise.resolve(++heads) },
      { current: () => ({ timestamp: 2 * HOUR }) },
      { accessLogAnchorMinutes: 60 },
    ] as never[]),
  );
  await handler.handle();
  return heads;
}

it.each([
  ['more rows than the last one', 21, 1],
  ['as many', 20, 1],
  ['fewer, since another process was faster', 10, 0],
])('a head over %s: %i', async (_, position, heads) => {
  expect(await sent(position, 20)).toBe(heads);
});
