import { readdirSync, readFileSync } from 'node:fs';
import { FRAGMENT_KINDS } from './fragment.js';

const SPEC = readFileSync('docs/spec/verdict.md', 'utf8');
const SOURCES = ['node/src/proofs/verify', 'node/src/proofs/queries']
  .flatMap((room) => readdirSync(room, { recursive: true, encoding: 'utf8' }).map((file) => `${room}/${file}`))
  .filter((file) => file.endsWith('.ts') && !/\.spec\.ts$|\/(testing|evidence-file)\//.test(file))
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n');
/** Codes that are made where disclosures are opened. */
const OPENING = readFileSync('node/src/kernel/disclosure.ts', 'utf8');

const codesIn = (text: string): Set<string> => new Set(text.match(/\b[A-Z]+(_[A-Z]+)*\b/g));
const documented = (kind: string): Set<string> => {
  const [, , codes] = new RegExp(`^\\| ${kind} \\|([^|]+)\\|([^|]+)\\|$`, 'm').exec(SPEC)!;
  return codesIn(codes!);
};
/** Codes with which the sources call something, `call` being the expression up to the code. */
const given = (call: string): string[] => [
  ...new Set([...SOURCES.matchAll(new RegExp(`${call}\\s*'([A-Z_]+)'`, 'g'))].map(([, code]) => code!)),
];

describe('docs/spec/verdict.md', () => {
  it.each(FRAGMENT_KINDS)('names each code that %s can bear', (kind) => {
    const codes = given(`(?:invalid|skipped)\\(\\s*'${kind}',`);
    if (kind === 'FINALITY') codes.push(...given('new SealsRefused\\('));
    expect(codes).not.toEqual([]);
    expect(codes.filter((code) => !documented(kind).has(code))).toEqual([]);
  });

  it.each(FRAGMENT_KINDS)('names no code of %s that no source has', (kind) => {
    const known = codesIn(SOURCES + OPENING);
    expect([...documented(kind)].filter((code) => !known.has(code))).toEqual([]);
  });

  it('names each reason for which nothing is proven, and each for which nothing can be judged', () => {
    const refused = given('new StateRefused\\(');
    const unusable = given('new Unusable\\(');
    expect([refused.length > 5, unusable.length > 5]).toEqual([true, true]);
    expect([...refused, ...unusable].filter((code) => !codesIn(SPEC).has(code))).toEqual([]);
  });
});
