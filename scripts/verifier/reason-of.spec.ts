import { parseArgs } from 'node:util';
import { Unusable } from '../../node/src/proofs/verify/unusable.js';
import { reasonOf } from './reason-of.js';

const thrownBy = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (error) {
    return error;
  }
};

describe('why nothing was judged', () => {
  it('is the file, the call, or the program itself', () => {
    expect(reasonOf(new Unusable('NOT_JSON', 'no JSON'))).toMatchObject({ code: 'NOT_JSON', message: 'no JSON' });
    expect(reasonOf(thrownBy(() => parseArgs({ args: ['--nothing'], options: {} })))).toMatchObject({ code: 'USAGE' });
    for (const broken of [thrownBy(() => BigInt('x')), 'text'])
      expect(reasonOf(broken)).toMatchObject({ code: 'INTERNAL', message: expect.stringContaining('broke') });
  });
});
