import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { BundleVerdict } from '../../node/src/proofs/verify/bundle/verify-bundle.js';

const VECTORS = 'docs/spec/vectors/bundles';

/** Whether a process can be given no network at all. */
const isolates = spawnSync('unshare', ['--user', '--net', 'true']).status === 0;

describe('npx tradeproof verify', () => {
  const dir = mkdtempSync(join(tmpdir(), 'tradeproof-verify-'));
  const command = join(dir, 'tradeproof.mjs');
  const at = (name: string): string => join(dir, name);

  // Alone in a folder: no sources, no node_modules, no environment, and where the system allows it no network.
  const run = (...args: string[]) => {
    const isolation = isolates ? ['unshare', '--user', '--net'] : [];
    const [program = '', ...rest] = [...isolation, process.execPath, command, 'verify', ...args];
    const { status, stdout, stderr } = spawnSync(program, rest, {
      cwd: dir,
      env: { PATH: '/usr/bin:/bin' },
      encoding: 'utf8',
    });
    return { status, stdout, stderr };
  };

  beforeAll(() => {
    execFileSync(process.execPath, ['scripts/verifier/build.mjs'], { env: { PATH: process.env['PATH'] } });
    copyFileSync('dist/verifier/tradeproof.mjs', command);
    for (const name of ['order.json', 'receivable.json', 'trust.json']) copyFileSync(join(VECTORS, name), at(name));
    copyFileSync('docs/spec/vectors/evidence/evidence.json', at('evidence.json'));
    copyFileSync('docs/spec/vectors/evidence/trust.json', at('evidence-trust.json'));
  });
  afterAll(() => rmSync(dir, { recursive: true }));

  it.each(['order.json', 'receivable.json'])(
    'says that %s is valid, in words and as JSON, and exits with 0',
    (name) => {
      const words = run(name, '--trust', 'trust.json', '--max-age', 'none');
      expect([words.status, words.stderr]).toEqual([0, '']);
      expect(words.stdout).toMatch(/^VALID\. .* between core and supplier-1 holds as of block \d+/);
      expect(words.stdout).toContain('Validator 1 Ltd');
      const json = run(name, '--trust', 'trust.json', '--max-age', 'none', '--json');
      const verdict = JSON.parse(json.stdout) as BundleVerdict;
      expect([json.status, verdict.valid, verdict.trust]).toEqual([0, true, 'validator-quorum']);
      expect(verdict.fragments.map(({ status }) => status)).not.toContain('INVALID');
    },
  );

  it('judges an item of evidence alike, and says whose word it is', () => {
    const words = run('evidence.json', '--trust', 'evidence-trust.json');
    expect([words.status, words.stderr]).toEqual([0, '']);
    expect(words.stdout).toMatch(/^VALID\. Evidence in batch \d+ of core holds as of block \d+/);
    expect(words.stdout).toMatch(/It is core's word, and not proven by being anchored:\n {2}\{.*SENSOR_READING/);
    const foreign = run('evidence.json', '--trust', 'trust.json', '--json');
    expect([foreign.status, (JSON.parse(foreign.stdout) as BundleVerdict).valid]).toEqual([1, false]);
  });

  it('exits with 1 and the first failing fact for what is a bundle and fails', () => {
    const old = run('order.json', '--trust', 'trust.json', '--max-age', '1s');
    expect(old.status).toBe(1);
    expect(old.stdout).toMatch(
      /^NOT VALID\. .*It shows how things stood .* ago; you take nothing older than 1 second\./,
    );
    expect(old.stdout).toContain('[PROOF_TOO_OLD]');
    const trust = JSON.parse(readFileSync(at('trust.json'), 'utf8')) as { checkpoint: { validators: unknown[] } };
    trust.checkpoint.validators = [];
    writeFileSync(at('unsealed.json'), JSON.stringify(trust));
    const unsealed = run('order.json', '--trust', 'unsealed.json', '--max-age', 'none', '--json');
    expect([unsealed.status, (JSON.parse(unsealed.stdout) as BundleVerdict).trust]).toEqual([1, 'unsealed']);
  });

  it.each<[string, string, string[]]>([
    ['no arguments', 'usage', []],
    ['no trust file', 'usage', ['order.json']],
    ['a trust file that is not there', 'UNREADABLE', ['order.json', '--trust', 'none.json']],
    ['a trust file as a bundle', 'NOT_CANONICAL', ['trust.json', '--trust', 'trust.json']],
    ['a bundle as a trust file', 'TRUST_MALFORMED', ['order.json', '--trust', 'order.json']],
    ['a cut-off file', 'NOT_JSON', ['cut.json', '--trust', 'trust.json']],
    ['a cut-off trust file', 'TRUST_MALFORMED', ['order.json', '--trust', 'cut.json']],
    ['an age that is none', '--max-age', ['order.json', '--trust', 'trust.json', '--max-age', 'soon']],
    ['an option that is none', 'Unknown option', ['order.json', '--trust', 'trust.json', '--force']],
  ])('exits with 2 for %s', (_, said, args) => {
    writeFileSync(at('cut.json'), readFileSync(at('order.json')).subarray(0, 20_000));
    const { status, stderr, stdout } = run(...args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(said);
  });

  it('repeats nothing of a file that moves a terminal’s cursor', () => {
    const { version: _, ...trust } = JSON.parse(readFileSync(at('trust.json'), 'utf8')) as Record<string, unknown>;
    writeFileSync(at('painted.json'), JSON.stringify({ ...trust, version: 1, '\u009b2J\nVALID. Order': 1 }));
    const { status, stderr } = run('order.json', '--trust', 'painted.json');
    expect(status).toBe(2);
    expect(stderr).toMatch(/^tradeproof: [^\p{Cc}]* 2J VALID\. Order[^\p{Cc}]* \[TRUST_MALFORMED\]\n$/u);
  });

  it('is what npx finds in a clone', () => {
    const { bin } = JSON.parse(readFileSync('package.json', 'utf8')) as { bin: Record<string, string> };
    const { status, stdout } = spawnSync(
      process.execPath,
      [resolve(bin['tradeproof']!), 'verify', at('order.json'), '--trust', at('trust.json'), '--max-age', 'none'],
      { cwd: dir, env: { PATH: '/usr/bin:/bin' }, encoding: 'utf8' },
    );
    expect([status, stdout.slice(0, 6)]).toEqual([0, 'VALID.']);
  });
});
