// Preloaded into a process (`node --import`), or imported by a test: each problem that a node answers with is written to the
// file that TRADEPROOF_TEST_PROBLEMS names, one JSON text a line.
import { appendFileSync } from 'node:fs';

const plain = globalThis.fetch;

globalThis.fetch = async (...args) => {
  const response = await plain(...args);
  const path = process.env['TRADEPROOF_TEST_PROBLEMS'];
  if (path && response.headers.get('content-type')?.startsWith('application/problem+json')) {
    appendFileSync(path, `${JSON.stringify({ url: response.url, body: await response.clone().text() })}\n`);
  }
  return response;
};
