import { BEGINNING } from '../domain/position.js';
import type { StreamEvent } from '../domain/stream-event.js';
import { FollowEvents } from './follow-events.js';

const position = { ...BEGINNING, block: 1 };
const EVENT: StreamEvent = { position, type: 'OrderPosted', object: null, data: '{"block":1}' };

/** All frames of a stream whose follower is asked about `answers`, the last for ever. */
async function followed(events: StreamEvent[], answers: boolean[]): Promise<string[]> {
  const after = () => new Promise<StreamEvent[]>((resolve) => setTimeout(resolve, 100, events));
  const following = new FollowEvents({ after } as never, { onSignal: () => () => undefined } as never);
  const stillAdmitted = () => Promise.resolve(answers.length > 1 ? answers.shift()! : answers[0]!);
  const frames: string[] = [];
  const gone = new AbortController().signal;
  for await (const frame of following.from(BEGINNING, {}, { gone, stillAdmitted })) frames.push(frame);
  expect(answers).toHaveLength(1);
  return frames;
}

it.each<[string, StreamEvent[], boolean[]]>([
  ['quiet', [], [true, false]],
  ['busy', [EVENT], [false]],
])('a %s stream ends when its follower may not read any more', async (_, events, answers) => {
  const frames = await followed(events, answers);
  expect(frames[0]).toContain('retry: 1000');
  const told = frames.slice(1).map((frame) => JSON.parse(/^data: (.*)$/m.exec(frame)![1]!) as unknown);
  expect(told.slice(0, events.length)).toEqual(
    events.map(() => ({ id: '1.0.0.0.0.0', type: 'OrderPosted', object: null, block: 1 })),
  );
});
