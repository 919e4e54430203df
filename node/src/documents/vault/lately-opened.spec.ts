import { LatelyOpened } from './lately-opened.js';

const bytes = (text: string) => Buffer.from(text);
const value = (length = 1) => ({ disclosure: { fields: { length } } });
const broken = () => {
  throw new Error('altered');
};

it('opens the same bytes once, and others anew', () => {
  const opened = new LatelyOpened();
  const first = opened.of('0x01', bytes('sealed'), value);
  expect(opened.of('0x01', bytes('sealed'), broken)).toBe(first);
  expect(opened.of('0x01', bytes('moved'), value)).not.toBe(first);
  expect(opened.of('0x02', bytes('moved'), value)).not.toBe(first);
});

it('keeps nothing of what fails to open, nor what it is told to forget', () => {
  const opened = new LatelyOpened();
  opened.of('0x01', bytes('sealed'), value);
  expect(() => opened.of('0x01', bytes('altered'), broken)).toThrow('altered');
  expect(opened.size).toBe(0);
  opened.of('0x01', bytes('sealed'), value);
  opened.forget('0x01');
  opened.forget('0x01');
  expect(() => opened.of('0x01', bytes('sealed'), broken)).toThrow('altered');
});

it('keeps it for a minute, and no more than it may', () => {
  let now = 0;
  const opened = new LatelyOpened(() => now);
  opened.of('0x01', bytes('a'), () => value(30_000));
  opened.of('0x02', bytes('b'), () => value(30_000));
  expect(opened.size).toBe(1);
  now = 59_000;
  opened.of('0x02', bytes('b'), broken);
  opened.of('0x03', bytes('c'), () => value(10));
  now = 61_000;
  opened.sweep();
  expect(opened.size).toBe(1);
  expect(() => opened.of('0x02', bytes('b'), broken)).toThrow('altered');
  now = 120_000;
  expect(() => opened.of('0x03', bytes('c'), broken)).toThrow('altered');
});
