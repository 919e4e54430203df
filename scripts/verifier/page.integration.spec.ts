/// <reference lib="dom" />
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { decodeRlp } from 'ethers';
import type { Browser, Page } from 'playwright-core';
import { BROWSER_PATIENCE_MS, inBrowser, startBrowser } from '../../test/support/chromium.js';

const VECTORS = resolve('docs/spec/vectors/bundles');
const EVIDENCE = resolve('docs/spec/vectors/evidence');

const textOf = (path: string): string => readFileSync(path, 'utf8');

/** What fails when nothing older than an hour is taken: the vectors are older, or younger, or of a day to come, as this machine's clock has it. */
function failingNow(vector: string): string | undefined {
  const { header } = JSON.parse(textOf(`${VECTORS}/${vector}`)) as { header: string };
  const timestamp = Number((decodeRlp(header) as string[])[11]);
  const age = Date.now() / 1000 - timestamp;
  if (age > 3600) return 'PROOF_TOO_OLD';
  return age < -900 ? 'PROOF_FROM_FUTURE' : undefined;
}

inBrowser('the verifier’s page in a browser without network', () => {
  let browser: Browser;
  let page: Page;
  const requests: string[] = [];
  const errors: string[] = [];

  beforeAll(async () => {
    execFileSync(process.execPath, ['scripts/verifier/build.mjs']);
    browser = await startBrowser();
    const context = await browser.newContext({ offline: true });
    page = await context.newPage();
    page.setDefaultTimeout(BROWSER_PATIENCE_MS);
    page.on('request', (request) => requests.push(request.url()));
    page.on('pageerror', (error) => errors.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    await page.goto(pathToFileURL(resolve('dist/verifier/verifier.html')).href);
    await page.waitForSelector('[data-outcome="waiting"]', { state: 'attached' });
  });
  afterAll(() => browser?.close());

  const outcome = async (): Promise<string | null> => {
    await page.waitForSelector('#verdict h2');
    return page.getAttribute('#verdict', 'data-outcome');
  };
  const pin = (text: string, name = 'trust.json') =>
    page.setInputFiles('#trust', [{ name, mimeType: 'application/json', buffer: Buffer.from(text) }]);
  const drop = async (files: readonly (readonly [name: string, text: string])[], on = 'body'): Promise<void> => {
    const transfer = await page.evaluateHandle((each) => {
      const data = new DataTransfer();
      for (const [name, text] of each) data.items.add(new File([text], name, { type: 'application/json' }));
      return data;
    }, files);
    await page.dispatchEvent(on, 'drop', { dataTransfer: transfer });
  };

  it('reads a trust file and a valid bundle: VALID, with the validators’ owners and the block that is pinned', async () => {
    const { checkpoint } = JSON.parse(textOf(`${VECTORS}/trust.json`)) as { checkpoint: { hash: string } };
    await page.selectOption('#age', 'none');
    await page.setInputFiles('#pick', `${VECTORS}/receivable.json`);
    await page.waitForSelector('#verdict p:has-text("your trust file is missing")');
    await page.setInputFiles('#trust', `${VECTORS}/trust.json`);
    expect(await outcome()).toBe('valid');
    expect(await page.textContent('#verdict h2')).toMatch(
      /^VALID\. Receivable 0x[0-9a-f]{8}… between core and supplier-1/,
    );
    expect(await page.locator('tr[data-status="VALID"]').count()).toBe(8);
    expect(await page.textContent('tr[data-kind="FINALITY"]')).toContain('Validator 1 Ltd');
    expect(await page.textContent('#verdict > p:last-child')).toContain(`which pins block 1, ${checkpoint.hash}.`);
    const pinned = await page.textContent('#pinned');
    expect(pinned).toContain(
      `trust.json: chain 31337, checkpoint block 1, ${checkpoint.hash}, validators of Validator 1`,
    );
    expect(pinned).not.toContain('took the place');
  });

  it('takes no trust file where proofs go, alone or beside one', async () => {
    const foreign = textOf(`${EVIDENCE}/trust.json`);
    const own = await page.textContent('#pinned');
    await drop([['receivable-2.json', foreign]]);
    await page.waitForSelector('[data-outcome="unusable"]:has-text("receivable-2.json is a trust file and no proof")');
    await drop([['evidence.json', textOf(`${EVIDENCE}/evidence.json`)]]);
    await page.waitForSelector('[data-outcome="invalid"]');
    await drop([
      ['evidence.json', textOf(`${EVIDENCE}/evidence.json`)],
      ['receivable-2.json', foreign],
    ]);
    await page.waitForSelector('[data-outcome="unusable"]:has-text("2 files were given")');
    expect(await page.textContent('#pinned')).toBe(own);
  });

  it('says what a trust file took the place of, and trusts nobody after one that is none', async () => {
    await drop([['evidence.json', textOf(`${EVIDENCE}/evidence.json`)]]);
    await drop([['theirs.json', textOf(`${EVIDENCE}/trust.json`)]], '#own');
    await page.waitForSelector('[data-outcome="valid"]');
    expect(await page.textContent('#pinned')).toMatch(
      /^Trust file theirs\.json: .*It took the place of trust\.json: chain 31337, checkpoint block 1, 0x/,
    );
    await pin('{}');
    await page.waitForSelector('[data-outcome="unusable"]:has-text("TRUST_MALFORMED")');
    expect(await page.textContent('#pinned')).toBe('No trust file.');
    await page.setInputFiles('#trust', `${VECTORS}/trust.json`);
    await page.waitForSelector('[data-outcome="invalid"]');
  });

  it('judges anew when something else is picked, and says what fails', async () => {
    await page.setInputFiles('#pick', [`${VECTORS}/order.json`]);
    await page.waitForFunction(() => document.querySelector('#verdict h2')?.textContent?.includes('Order 0x'));
    expect(await outcome()).toBe('valid');
    const failing = failingNow('order.json');
    await page.selectOption('#age', '1h');
    await page.waitForSelector(
      failing ? `[data-outcome="invalid"] td:has-text("[${failing}]")` : '[data-outcome="valid"] h2',
    );
    await page.setInputFiles('#pick', [
      { name: 'cut.json', mimeType: 'application/json', buffer: Buffer.from('{"format":') },
    ]);
    await page.waitForSelector('[data-outcome="unusable"]');
    expect(await page.textContent('#verdict')).toContain('NOT_JSON');
  });

  it('takes files that are dropped', async () => {
    await page.selectOption('#age', 'none');
    const altered = textOf(`${VECTORS}/receivable.json`).replace('"96.75"', '"99.75"');
    await drop([['altered.json', altered]]);
    await page.waitForFunction(() => document.querySelector('#verdict')?.textContent?.includes('DIGEST_MISMATCH'));
    await drop([['receivable.json', textOf(`${VECTORS}/receivable.json`)]]);
    await page.waitForSelector('[data-outcome="valid"]');
  });

  it('shows of two runs at once the last one alone, and says when it broke itself', async () => {
    await page.evaluate(() => {
      const age = document.querySelector('#age')!;
      for (let i = 0; i < 3; i++) age.dispatchEvent(new Event('change'));
    });
    await page.waitForSelector('[data-outcome="valid"]');
    await page.waitForTimeout(1000);
    expect(await page.locator('#verdict h2').count()).toBe(1);

    await page.evaluate(() => {
      const { arrayBuffer } = File.prototype;
      File.prototype.arrayBuffer = () => {
        File.prototype.arrayBuffer = arrayBuffer;
        return Promise.reject(new RangeError('no memory'));
      };
      document.querySelector('#age')!.dispatchEvent(new Event('change'));
    });
    await page.waitForSelector('[data-outcome="unusable"]');
    expect(await page.textContent('#verdict')).toContain('INTERNAL');
  });

  it('judges what is picked again where it was before', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tradeproof-page-'));
    const path = join(folder, 'bundle.json');
    for (const [text, out] of [
      [textOf(`${VECTORS}/receivable.json`), 'valid'],
      [textOf(`${VECTORS}/receivable.json`).slice(0, 1000), 'unusable'],
    ] as const) {
      writeFileSync(path, text);
      await page.setInputFiles('#pick', path);
      await page.waitForSelector(`[data-outcome="${out}"]`);
      expect(await page.inputValue('#pick')).toBe('');
    }
    rmSync(folder, { recursive: true });
  });

  it('leaves no verdict of before on what cannot be read', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tradeproof-page-'));
    const [path, large] = [join(folder, 'gone.json'), join(folder, 'large.json')];
    const valid = async () => {
      await drop([['receivable.json', textOf(`${VECTORS}/receivable.json`)]]);
      await page.waitForSelector('[data-outcome="valid"]');
    };
    await valid();
    writeFileSync(large, '');
    truncateSync(large, 40 * 1024 * 1024);
    await page.setInputFiles('#pick', large);
    await page.waitForSelector('[data-outcome="unusable"]:has-text("TOO_LARGE")');
    await valid();
    writeFileSync(path, textOf(`${VECTORS}/receivable.json`));
    await page.setInputFiles('#pick', path);
    await page.waitForSelector('[data-outcome="valid"]');
    writeFileSync(path, '{}');
    await page.dispatchEvent('#age', 'change');
    await page.waitForSelector('[data-outcome="unusable"]:has-text("gone.json cannot be read")');
    await valid();
    await drop([]);
    await page.waitForSelector('[data-outcome="unusable"]:has-text("is no file")');
    rmSync(folder, { recursive: true });
  });

  it('turns no words about by what stands in a file or in its name', async () => {
    const trust = textOf(`${VECTORS}/trust.json`).replace('Validator 1 Ltd', 'Validator\u202e 1 Ltd');
    await pin(trust, 'trust\u202e.json');
    await drop([['receivable\u202e.json', textOf(`${VECTORS}/receivable.json`)]]);
    await page.waitForSelector('[data-outcome="valid"] tr[data-kind="FINALITY"]:has-text("Validator")');
    expect(await page.innerText('body')).not.toMatch(/[\u202a-\u202e]/);
    expect(await page.locator('#proof bdi, #pinned bdi').allTextContents()).toContain('receivable .json');
  });

  it('asked nobody for anything, and met no error', () => {
    expect(requests.filter((url) => !url.startsWith('file:') && !url.startsWith('data:'))).toEqual([]);
    expect(errors).toEqual([]);
  });
});
