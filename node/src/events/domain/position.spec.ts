import { formatPosition, parsePosition } from './position.js';

describe('the id of an event', () => {
  it('is a position, and back', () => {
    const position = { block: 12, logIndex: 3, rewind: 1, epoch: 1_795_000_000, tx: 901, news: 77 };
    expect(parsePosition(formatPosition(position))).toEqual(position);
  });

  it('from before there were epochs is of the first', () => {
    expect(parsePosition('-1.0.2.901.77')).toEqual({ block: -1, logIndex: 0, rewind: 2, epoch: 0, tx: 901, news: 77 });
  });

  it('after a rewind is behind all logs of its block', () => {
    expect(parsePosition('7.2147483647.1.0.0.0')).toMatchObject({ block: 7, logIndex: 2_147_483_647 });
  });

  it.each(['', '1.2.3.4', '1.2.3.4.5.6.7', '1.2.x.4.5.6', '1.2147483648.0.0.0.0', '1.9999999999.0.0.0.0'])(
    'is not %j',
    (id) => {
      expect(() => parsePosition(id)).toThrow('EVENT_ID_INVALID');
    },
  );
});
