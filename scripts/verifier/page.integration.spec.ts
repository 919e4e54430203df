/// <reference lib="dom" />
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { decodeRlp } from 'ethers';
import { type Browser, chromium, type Page } from 'playwright-core';

const CHROMIUM = process.env['TRADEPROOF_CHROMIUM'] ?? '/usr/bin/chromium';
const ARGS = '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking'.split(' ');
const PATIENCE_MS = 120_000;
const VECTORS = resolve('docs/spec/vectors/bundles');

const there = existsSync(CHROMIUM);
if (!there)
  process.stdout.write(`skipped: no Chromium at ${CHROMIUM}; the verifier's page is not tried in a browser\n`);
const whenThere = there ? describe : describe.skip;

/** What fails when nothing older than an hour is taken: the vectors are older, or younger, or of a day to come, as this machine's clock has it. */
function failingNow(vector: string): string | undefined {
  const { header } = JSON.parse(readFileSync(`${VECTORS}/${vector}`, 'utf8')) as { header: string };
  const timestamp = Number((decodeRlp(header) as string[])[11]);
  const age = Date.now() / 1000 - timestamp;
  if (age > 3600) return 'PROOF_TOO_OLD';
  return age < -900 ? 'PROOF_FROM_FUTURE' : undefined;
}

whenThere('the verifier’s page in a browser without network', () => {
  let browser: Browser;
  let page: Page;
  const requests: string[] = [];
  const errors: string[] = [];

  beforeAll(async () => {
    execFileSync(process.execPath, ['scripts/verifier/build.mjs']);
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: [...ARGS, '--disable-component-update', '--disable-sync'],
      timeout: PATIENCE_MS,
    });
    const context = await browser.newContext({ offline: true });
    page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
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

  it('reads a valid bundle and its trust file: VALID, with the validators’ owners', async () => {
    await page.selectOption('#age', 'none');
    await page.setInputFiles('#pick', [`${VECTORS}/receivable.json`, `${VECTORS}/trust.json`]);
    expect(await outcome()).toBe('valid');
    expect(await page.textContent('#verdict h2')).toMatch(
      /^VALID\. Receivable 0x[0-9a-f]{8}… between core and supplier-1/,
    );
    expect(await page.locator('tr[data-status="VALID"]').count()).toBe(8);
    expect(await page.textContent('tr[data-kind="FINALITY"]')).toContain('Validator 1 Ltd');
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
    const drop = async (name: string, text: string): Promise<void> => {
      const transfer = await page.evaluateHandle(
        ([file, content]) => {
          const data = new DataTransfer();
          data.items.add(new File([content!], file!, { type: 'application/json' }));
          return data;
        },
        [name, text],
      );
      await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
    };
    await page.selectOption('#age', 'none');
    const altered = readFileSync(`${VECTORS}/receivable.json`, 'utf8').replace('"96.75"', '"99.75"');
    await drop('altered.json', altered);
    await page.waitForFunction(() => document.querySelector('#verdict')?.textContent?.includes('DIGEST_MISMATCH'));
    await drop('receivable.json', readFileSync(`${VECTORS}/receivable.json`, 'utf8'));
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
      File.prototype.arrayBuffer = () => Promise.reject(new RangeError('no memory'));
      document.querySelector('#age')!.dispatchEvent(new Event('change'));
      setTimeout(() => (File.prototype.arrayBuffer = arrayBuffer), 500);
    });
    await page.waitForSelector('[data-outcome="unusable"]');
    expect(await page.textContent('#verdict')).toContain('INTERNAL');
  });

  it('asked nobody for anything, and met no error', () => {
    expect(requests.filter((url) => !url.startsWith('file:') && !url.startsWith('data:'))).toEqual([]);
    expect(errors).toEqual([]);
  });
});
