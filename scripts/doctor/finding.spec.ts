import { failure, lineOf, ok } from './finding.js';

it('is a line for a terminal, whatever another member’s endpoint would have that do', () => {
  expect(lineOf(ok('peers', 'all answer'))).toBe('ok      peers     all answer');
  const endpoint = 'https://node.example/\u001b]52;c;cm0gLXJmIH4=\u0007';
  expect(lineOf(failure('peers', `nothing answers at ${endpoint}`, 'call them'))).toBe(
    'FAILURE peers     nothing answers at https://node.example/\ufffd]52;c;cm0gLXJmIH4=\ufffd\n                  -> call them',
  );
});
