import { request } from 'node:http';
import { connect } from 'node:net';
import type { MemberClient } from '../../../scripts/demo/client.js';

/** A request as no client library would send it: nothing is added, normalised or escaped. */
export interface RawRequest {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
}

export interface RawAnswer {
  readonly status: number;
  readonly type: string;
  readonly code: unknown;
  readonly text: string;
}

/** Sends it to a member's node as that member, unless `headers` say otherwise. */
export function send(
  { member }: MemberClient,
  { method = 'GET', path, headers, body }: RawRequest,
): Promise<RawAnswer> {
  const { hostname, port } = new URL(member.url);
  const all = { authorization: `Bearer ${member.apiKey}`, prefer: 'wait=20', ...headers };
  return new Promise((resolve, reject) => {
    const outgoing = request({ hostname, port, method, path, headers: all, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      const done = () => resolve(read(answer.statusCode ?? 0, answer.headers['content-type'], chunks));
      answer.on('end', done);
      // A stream of events does not end by itself.
      if (answer.headers['content-type']?.startsWith('text/event-stream')) answer.destroy().once('close', done);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** Sends bytes that need not be HTTP, and reads what comes back until the other side closes. */
export function sendBytes({ member }: MemberClient, bytes: string): Promise<RawAnswer> {
  const { hostname, port } = new URL(member.url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    let text = '';
    socket.on('data', (chunk) => (text += String(chunk)));
    socket.on('error', reject);
    socket.on('close', () => {
      const [head = '', body = ''] = text.split('\r\n\r\n');
      const type = /^content-type: (.*)$/im.exec(head)?.[1];
      resolve(read(Number(/^HTTP\/1.1 (\d+)/.exec(head)?.[1]), type, [Buffer.from(body)]));
    });
  });
}

function read(status: number, type: string | undefined, chunks: Buffer[]): RawAnswer {
  const text = Buffer.concat(chunks).toString('utf8');
  let code: unknown;
  try {
    code = (JSON.parse(text) as { code?: unknown }).code;
  } catch {
    code = undefined;
  }
  return { status, type: type ?? '', code, text };
}
