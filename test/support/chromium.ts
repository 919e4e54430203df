import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const CHROMIUM = process.env['TRADEPROOF_CHROMIUM'] ?? '/usr/bin/chromium';
const ARGS = '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking'.split(' ');

/** Most that a page is waited for, on a machine that has more to do. */
export const BROWSER_PATIENCE_MS = 120_000;

/** A group of tests in a browser, skipped where there is none, which is said. */
export function inBrowser(name: string, tests: () => void): void {
  const there = existsSync(CHROMIUM);
  if (!there) process.stdout.write(`skipped: no Chromium at ${CHROMIUM} for ${name}\n`);
  (there ? describe : describe.skip)(name, tests);
}

export const startBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: CHROMIUM,
    args: [...ARGS, '--disable-component-update', '--disable-sync'],
    timeout: BROWSER_PATIENCE_MS,
  });
