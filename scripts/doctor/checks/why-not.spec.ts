import { createServer as createHttp, get as getHttp } from 'node:http';
import { createServer as createHttps, get as getHttps } from 'node:https';
import { type AddressInfo, createServer as createTcp, type Server } from 'node:net';
import { makeAuthority } from '../../../test/support/certificates.js';
import { AnswerRefused } from './ask-standing.js';
import { whyNot } from './why-not.js';

const node = { host: '10.0.0.1', port: 3000, exchangeTlsPort: undefined };
const told = (error: unknown, endpoint = 'https://core.example'): string => {
  const { verdict, fact, advice } = whyNot('endpoint', node, endpoint, error);
  expect(advice).toBeTruthy();
  return `${verdict}: ${fact}`;
};
const failed = (code: string, more: object = {}) => Object.assign(new Error(`connect ${code}`), { code, ...more });

async function listening(server: Server): Promise<number> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return (server.address() as AddressInfo).port;
}

/** What node:http(s) says of a place. */
const errorAt = (url: string, options: object = {}): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const get = url.startsWith('https') ? getHttps : getHttp;
    get(url, { agent: false, ...options }, (answer) => reject(new Error(`status ${answer.statusCode}`))).on(
      'error',
      resolve,
    );
  });

describe('what this host alone may not reach is a warning', () => {
  it.each(['ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'])('%s', (code) => {
    expect(told(failed(code))).toBe(
      `warning: nothing answers this host at https://core.example, where others send: connect ${code}`,
    );
  });

  it('a name that nobody has, and an answer that does not come', async () => {
    expect(told(await errorAt('http://nobody.invalid'))).toMatch(/^warning: .* (ENOTFOUND|EAI_AGAIN)/);
    const silent = createTcp(() => undefined);
    const port = await listening(silent);
    const error = await errorAt(`http://127.0.0.1:${port}`, { signal: AbortSignal.timeout(50) });
    silent.close();
    expect(told(error)).toMatch(/^warning: nothing answers this host/);
  });

  it('a door that is closed at another host, and not at this one', async () => {
    expect(told(failed('ECONNREFUSED', { address: '203.0.113.7' }))).toMatch(/^warning: nothing answers this host/);
    const each = [{ address: '203.0.113.7' }, { address: '2001:db8::7' }];
    expect(told(failed('ECONNREFUSED', { errors: each }))).toMatch(/^warning: nothing answers this host/);
    const free = createTcp();
    const port = await listening(free);
    await new Promise((done) => free.close(done));
    for (const host of ['127.0.0.1', 'localhost'])
      expect(told(await errorAt(`http://${host}:${port}`))).toMatch(/^failure: nothing answers at .*ECONNREFUSED/);
  });
});

it.each<[number, string]>([
  [403, 'failure'],
  [404, 'failure'],
  [429, 'warning'],
  [502, 'warning'],
])('an answer with status %s is one: %s', (status, verdict) => {
  expect(told(new AnswerRefused(status))).toBe(
    `${verdict}: what answers at https://core.example, where others send, refuses: status ${status}`,
  );
});

describe('certificates', () => {
  const [ours, theirs] = [makeAuthority('ours'), makeAuthority('theirs')];
  const known = { ...ours.issue('core', ['127.0.0.1']), ca: ours.cert };

  /** What is told of a place where nobody comes in without a certificate of ours, by somebody with these. */
  async function toldAt(options: object, server: object = {}): Promise<string> {
    const place = createHttps({ ...known, requestCert: true, rejectUnauthorized: true, ...server }, (_, answer) =>
      answer.end(),
    );
    const port = await listening(place);
    try {
      return told(await errorAt(`https://127.0.0.1:${port}`, options));
    } finally {
      place.close();
    }
  }

  it.each([
    [failed('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED')],
    [failed('ERR_SSL_TLSV1_ALERT_UNKNOWN_CA')],
    [failed('ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED')],
    // As node:tls tells it when it was about to write.
    [
      Object.assign(
        new Error('write EPROTO 40:error:0A:SSL routines:f:sslv3 alert bad certificate:a.c:9:SSL alert number 42'),
        { code: 'EPROTO' },
      ),
    ],
  ])('says that this node’s own is refused: %s', (error) => {
    expect(told(error)).toMatch(
      /^failure: what answers at https:\/\/core.example refuses this node’s own certificate, /,
    );
  });

  it('does not call it unreachable where this node’s own is refused without a word', async () => {
    for (const maxVersion of ['TLSv1.2', 'TLSv1.3'])
      expect(await toldAt({ ...theirs.issue('core', []), ca: ours.cert, maxVersion })).toMatch(
        /^failure: .*ECONNRESET/,
      );
  });

  it('says that none was shown', async () => {
    expect(await toldAt({ ca: ours.cert })).toMatch(/^failure: what answers at .* refuses this node’s own certificate/);
  });

  it('says that the one shown there is not believed', async () => {
    expect(await toldAt({ ...theirs.issue('core', []), ca: theirs.cert })).toMatch(
      /^failure: the certificate shown at https:\/\/core.example is not believed/,
    );
  });

  it('blames no certificate for another alert', async () => {
    expect(await toldAt({ ...known, maxVersion: 'TLSv1.2' }, { minVersion: 'TLSv1.3' })).toMatch(
      /^failure: what answers at .* refuses TLS: .*alert/i,
    );
  });

  it('says that no TLS is spoken there', async () => {
    const plain = createHttp((_, answer) => answer.end());
    const port = await listening(plain);
    const error = await errorAt(`https://127.0.0.1:${port}`);
    plain.close();
    expect(told(error)).toMatch(/^failure: nothing answers at/);
  });
});
