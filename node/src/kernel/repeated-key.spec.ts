import { repeatedKey } from './repeated-key.js';

describe('repeatedKey', () => {
  it.each([
    ['{"amount": "1", "amount": "2"}', 'amount'],
    ['{"a": {"b": 1, "c": [{"d": 1, "d": 2}]}}', 'd'],
    ['{"amount": "1", "\\u0061mount": "2"}', 'amount'],
    ['{"": 1, "": 2}', ''],
    ['[{"a": 1}, {"a": 1, "b": ["a"], "a": 2}]', 'a'],
    ['{"document": {"a": {}}, "reason": 1, "reason": 2}', 'reason'],
    ['{"document": {}, "document": {}}', 'document'],
    ['{"a": {"b": {"document": {"c": 1, "c": 2}}}}', 'c'],
  ])('finds it in %s', (text, key) => expect(repeatedKey(text, 'document')).toBe(key));

  it('leaves nothing out unless it is told to', () =>
    expect(repeatedKey('{"document": {"amount": "1", "amount": "2"}}')).toBe('amount'));

  it.each([
    ['{"a": 1, "b": {"a": 2}, "c": [{"a": 1}, {"a": 2}]}'],
    ['{"a": "a", "b": "\\"a\\": 1, \\"a\\": 2"}'],
    ['{"a": ["x", "x"], "b": []}'],
    ['"a"'],
    ['[]'],
    ['{"document": {"amount": "1", "amount": "2"}, "supplier": "x"}'],
    ['[{"supplier": "x", "document": {"a": [{"b": 1, "b": 2}]}}]'],
  ])('finds none in %s', (text) => expect(repeatedKey(text, 'document')).toBeUndefined());
});
