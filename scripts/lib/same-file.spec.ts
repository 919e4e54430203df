import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { isSameFile } from './same-file.js';

const dir = mkdtempSync(join(tmpdir(), 'tradeproof-same-'));
const at = (...parts: string[]) => join(dir, ...parts);
mkdirSync(at('folder'));
symlinkSync(at('folder'), at('linked'));
writeFileSync(at('folder', 'there'), '');
symlinkSync(at('folder', 'there'), at('link'));
afterAll(() => rmSync(dir, { recursive: true }));

it.each<[string, string, string, boolean]>([
  ['written otherwise', at('folder', 'new'), `${dir}/folder/./x/../new`, true],
  ['from where one stands', at('folder', 'new'), relative(process.cwd(), at('folder', 'new')), true],
  ['through a linked folder', at('folder', 'new'), at('linked', 'new'), true],
  ['through a linked folder and one that is not there', at('folder', 'none', 'new'), at('linked', 'none', 'new'), true],
  ['through a link', at('folder', 'there'), at('link'), true],
  ['of another name', at('folder', 'new'), at('folder', 'there'), false],
  ['of another folder', at('new'), at('folder', 'new'), false],
])('knows a file %s', (_, one, other, same) => {
  expect([isSameFile(one, other), isSameFile(other, one)]).toEqual([same, same]);
});
