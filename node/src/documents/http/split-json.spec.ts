import fc from 'fast-check';
import { splitJson } from './split-json.js';

describe('splitJson', () => {
  it('gives lines as they were sent, empty ones left out', () => {
    expect(splitJson('{"a": 1.00}\n\n {"b":"x"}\r\n', true)).toEqual(['{"a": 1.00}', ' {"b":"x"}\r']);
  });

  it('gives the elements of an array as they were sent', () => {
    expect(splitJson(' [ {"a": 1.00, "b": [1,2]} , "x,]\\"[" , [] ] ', false)).toEqual([
      ' {"a": 1.00, "b": [1,2]} ',
      ' "x,]\\"[" ',
      ' [] ',
    ]);
  });

  it.each([['[]'], ['  [ ] '], ['']])('gives nothing for %j', (text) => expect(splitJson(text, false)).toEqual([]));

  it('takes what is no array for one element', () => expect(splitJson('{"a":[1,2]}', false)).toEqual(['{"a":[1,2]}']));

  it('gives back every array', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), (values) => {
        expect(splitJson(JSON.stringify(values), false).map((text) => JSON.parse(text) as unknown)).toEqual(
          values.map((value) => JSON.parse(JSON.stringify(value)) as unknown),
        );
      }),
    );
  });
});
