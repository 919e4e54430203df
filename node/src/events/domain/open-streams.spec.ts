import { MOST_STREAMS, OpenStreams } from './open-streams.js';

it('lets each credential have some, and another when one has ended', () => {
  const streams = new OpenStreams();
  const [end] = Array.from({ length: MOST_STREAMS }, () => streams.open('key:a'));
  expect(() => streams.open('key:a')).toThrow(
    expect.objectContaining({ code: 'EVENT_STREAMS_TOO_MANY', status: 429, facts: expect.anything() }),
  );
  expect(() => streams.open('oidc:b')).not.toThrow();
  end!();
  expect(() => streams.open('key:a')).not.toThrow();
  expect(() => streams.open('key:a')).toThrow('EVENT_STREAMS_TOO_MANY');
});
